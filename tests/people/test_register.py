from hypothesis import given
from hypothesis import strategies as st

from fabula.people.naming.clusters import group_names
from fabula.people.naming.register import Register
from fabula.people.naming.sketches import NameForm, Sketch, called_for, pet_form

NAMES = ("victoria", "vicky", "vickie", "vic", "elizabeth", "lizzie", "liz", "beth", "tom", "tommy", "thomas", "ann",
         "anna", "annie", "jo", "joseph", "octavia", "octy", "x")  # fmt: skip


def entered(names):
    register = Register()
    for name in names:
        form = NameForm(name.title(), (), (name,), 1)
        sketch = Sketch([form])
        register.sketches.append(sketch)
        register.note(sketch, form)
    return register


@given(st.lists(st.sampled_from(NAMES), unique=True), st.sampled_from(NAMES))
def test_nobody_for_whom_a_name_may_stand_is_missed(names, name):
    register = entered(names)
    for wanted, found in ((called_for, register.called(name)), (pet_form, register.starting(name))):
        fitting = {sketch.forms[0].key for sketch in register.sketches if wanted(name, sketch.forms[0].names[0])}
        assert fitting <= {sketch.forms[0].key for sketch in found}


def test_a_name_of_two_words_is_found_by_both_and_as_one():
    form = NameForm("Bon Bon", (), ("bon", "bon"), 2)
    sketch = Sketch([form])
    register = Register([sketch])
    register.note(sketch, form)
    assert register.under(("whole", "bonbon"), ("last", "bon")) == [sketch]
    assert register.under(("first", "tom")) == []


def test_what_is_only_a_title_is_entered_nowhere():
    sketch = Sketch([NameForm("Captain", ("captain",), (), 2)])
    register = Register([sketch])
    register.note(sketch, sketch.forms[0])
    assert register.under(("first", "captain"), ("last", "captain")) == []


def test_few_are_looked_at_however_many_there_are():
    register = entered([f"name{number}" for number in range(50)])
    assert [sketch.forms[0].key for sketch in register.called("name7")] == ["Name7"]


def test_a_thousand_names_are_a_thousand_people():
    counts = {
        f"Nam{'abcdefghij'[n // 100]}{'klmnopqrst'[n // 10 % 10]}{'uvwxzbcdfg'[n % 10]}": 3 for n in range(1000)
    }
    assert len(group_names(counts, {})) == 1000
