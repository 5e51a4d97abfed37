"""Small passages of modern prose, read from end to end: what speakers, hearers and channels come out."""

from __future__ import annotations

from fabula import pipeline
from fabula.speech import reasons
from fabula.story import Character, Telling, Utterance


def read(text: str) -> Telling:
    """The telling with all layers."""
    return pipeline.run(Telling("modern", text.strip() + "\n"))


def names(telling: Telling) -> dict[str, Character]:
    """Characters by name."""
    return {who.name: who for who in telling.layer("characters")}


def spoken(telling: Telling) -> list[tuple[str | None, str]]:
    """Speakers and the first three words of all that is said, in order."""
    called = {who.id: who.name for who in telling.layer("characters")}
    found: tuple[Utterance, ...] = telling.layer("utterances")
    return [(called.get(said.speaker or ""), _opening(telling, said)) for said in found]


def _opening(telling: Telling, said: Utterance) -> str:
    return " ".join(said.pieces[0].of(telling.text).strip('"“”*').split()[:2]).strip('."”,!?')


def speakers(text: str) -> list[str | None]:
    """Speakers of all that is said, in order."""
    return [who for who, _ in spoken(read(text))]


CHAT = """
Priya was already in the booth when Dev came in, shaking the rain off his coat.

"You're late," said Priya.

"The tram broke down."

"It always breaks down. Did you bring it?"

"I brought it." Dev put the folder on the table. "You won't like it."

"Let me be the judge of that."

"You always are."
"""


def test_a_chat_of_two_alternates() -> None:
    assert speakers(CHAT) == ["Priya", "Dev", "Priya", "Dev", "Priya", "Dev"]


ONE_END = """
Nadia was chopping leeks when the phone rang. She wiped her hands and picked it up.

"Hello?"

She listened.

"No, he isn't here."

She listened again, and reached for a pencil.

"I can take a message," said Nadia. "Go on."

She hung up and looked at the leeks.

"Who was that?" said Owen from the door.
"""


def test_one_end_of_a_call_is_one_voice() -> None:
    assert speakers(ONE_END) == ["Nadia", "Nadia", "Nadia", "Owen"]
    channels = [said.channel for said in read(ONE_END).layer("utterances")]
    assert channels == ["phone", "phone", "phone", "face"]


TWO_TELLERS = """
Chapter One

[Mina's Point of View]

I had the key in my hand when my brother came up the stairs. I was tired, and I told him so.

"You look awful, Mina," he said.

"Thanks, Jonah," I said. I let him in and I put the kettle on.

Chapter Two

[Jonah's Point of View]

I had not slept either. I sat at my sister's table and I watched her pour. I wondered what I would say.

"Say it," she said.

"I lost my job," I said.
"""


def test_every_heading_has_its_own_first_person() -> None:
    telling = read(TWO_TELLERS)
    assert {who.name for who in names(telling).values() if who.narrator} == {"Mina", "Jonah"}
    assert [who for who, _ in spoken(telling)] == ["Jonah", "Mina", "Mina", "Jonah"]


ROLES = """
Tess got as far as the barrier. The guard put out an arm.

"Ticket, please."

"I'm only going to wave to somebody."

"Not without a ticket."

"It will take one minute."

The guard shook his head. "Platform tickets are two pounds."

She had one pound forty, and a button.
"""


def test_a_role_without_a_name_holds_its_lines() -> None:
    assert speakers(ROLES) == ["the guard", "Tess", "the guard", "Tess", "the guard"]


THEY = """
Rowan Vale kept the lighthouse now. Rowan had painted the door themself, and they were proud of it. Rowan said they
would paint the stairs next. When Ellis came with the post, they put the kettle on.

"Any letters?" they asked.

"Bills," said Ellis.

"Put them with the others," Rowan said.
"""


def test_one_person_may_be_they() -> None:
    telling = read(THEY)
    assert names(telling)["Rowan Vale"].gender == "neutral"
    assert [who for who, _ in spoken(telling)] == ["Rowan Vale", "Ellis", "Rowan Vale"]


SAME_NAME = """
There were two Sams in the band. Sam Okafor played the drums, and Sam Lind sang. Sam Okafor was always early.

"Where's the van?" said Sam Lind.

"Gone for petrol," said Sam Okafor. "Sit down."
"""


def test_two_of_one_name_stay_two() -> None:
    assert speakers(SAME_NAME) == ["Sam Lind", "Sam Okafor"]


NICKNAMES = """
Katherine Doyle had been Kat at school and Kathy at home. Kat hung up her coat. Bartholomew was asleep in the chair.

"Wake up, Bart," said Kat.

"Kathy?" Bart opened one eye. "What time is it?"
"""


def test_pet_forms_are_their_owners() -> None:
    telling = read(NICKNAMES)
    assert set(names(telling)["Katherine Doyle"].aliases) == {"Katherine Doyle", "Kat", "Kathy"}
    assert "Bartholomew" in names(telling)["Bart"].aliases
    assert [who for who, _ in spoken(telling)] == ["Katherine Doyle", "Bart"]


CROWD = """
Ines climbed on the crate, and the square went quiet.

"We are not leaving," said Ines.

"We are not leaving!" the crowd roared.

"Louder," somebody shouted from the back.

"Good night!" they all cried.
"""


def test_a_crowd_speaks_and_somebody_is_nobody() -> None:
    telling = read(CROWD)
    assert [who for who, _ in spoken(telling)] == ["Ines", "the crowd", None, None]
    said = telling.layer("utterances")
    assert [one.reason for one in said[2:]] == [reasons.UNNAMED, reasons.TOGETHER]
    assert names(telling)["the crowd"].gender == "plural"


VOICEMAIL = """
Lena dialled the number again. It rang four times.

"Hello," said a recorded voice. "You have reached the office of Pell and Sons. Please leave a message after the tone."

She hung up and dialled once more.

"Hello," said the recorded voice. You have reached the office of Pell and Sons. Please leave a message after the tone.
A long beep followed.

"It's Lena," she said. "Call me."
"""


def test_a_machine_goes_on_without_marks() -> None:
    telling = read(VOICEMAIL)
    found = telling.layer("utterances")
    (lost,) = [one for one in found if one.reason == reasons.NO_MARKS]
    words = lost.pieces[0].of(telling.text)
    assert words.startswith("You have reached")
    assert words.endswith("tone.")
    assert (lost.kind, lost.channel) == ("announcement", "voicemail")
    assert [one.kind for one in found] == ["announcement", "announcement", "announcement", "speech"]
    assert lost.addressees == ("lena",)


KIN = """
I carried the box upstairs, and my sister held the door for me. I was out of breath.

"Careful," said my sister.

"I am careful, Bea," I said.

"You dropped the last one, Hugo."

My sister took the other end, and I let her.
"""


def test_a_sister_called_by_name_is_that_sister() -> None:
    telling = read(KIN)
    found = names(telling)
    assert "my sister" in found["Bea"].aliases
    assert found["Hugo"].narrator
    assert [who for who, _ in spoken(telling)] == ["Bea", "Hugo", "Bea"]


MESSAGES = """
Omar was on the bus when his phone buzzed.

"Where are you?" said the screen.

"Nearly there," he typed. "Save me a seat."

"No seats left," Juno wrote back.

"Who is it?" asked the woman beside him.
"""


def test_messages_are_written_and_the_screen_is_nobody() -> None:
    telling = read(MESSAGES)
    assert [one.kind for one in telling.layer("utterances")] == ["text_message"] * 3 + ["speech"]
    assert [who for who, _ in spoken(telling)] == ["Juno", "Omar", "Juno", "the woman"]
    assert not {"the screen", "his phone"} & set(names(telling))


THINGS = """
The *Marigold* was late, and it said B flat when it hooted. Plan B was the bus to Ossary. Nobody had ever been to
Ossary in the rain, and on the island of Skell they pitied those who had.

"We could swim," said Arlo.

"You could," said Fern. "The *Marigold* is never more than an hour late."
"""


def test_boats_islands_and_notes_are_no_people() -> None:
    assert set(names(read(THINGS))) == {"Arlo", "Fern"}


INTERRUPTED = """
Vera stood in the wings and counted to ten. She looked up at her director.

"Vera," She took the script away. "you're on in five minutes."

"Okay."
"""


def test_who_is_called_does_not_speak() -> None:
    assert "Vera" not in speakers(INTERRUPTED)[:1]


LETTER = """
Mr. Haddad handed over an envelope. It was written on the back of a receipt.

    Theo. The cat has got into the piano again. I have gone for a plumber. Do not play anything. Dear Mrs. Bloom has a
    key. R.

I read it twice. Ruth never wrote a long letter. I went to find Ruth.

"She's in the cellar," said Mr. Haddad.
"""


def test_a_note_set_in_is_its_signers() -> None:
    telling = read(LETTER)
    note = telling.layer("utterances")[0]
    assert (note.kind, note.channel, note.speaker) == ("letter", "letter", "ruth")


SONG = """
Billie sat on the wall and sang the second verse to the gulls.

    The tide went out on Tuesday,
    And took my shoes away;
    I'll walk on home in stockings
    And buy some more on pay day.

"Very moving," said Abel.
"""


def test_verses_without_marks_are_sung() -> None:
    telling = read(SONG)
    song = telling.layer("utterances")[0]
    assert (song.kind, song.speaker) == ("song", "billie")


def test_every_reason_is_a_known_phrase() -> None:
    texts = (CHAT, ONE_END, TWO_TELLERS, ROLES, THEY, CROWD, VOICEMAIL, KIN, MESSAGES, LETTER, SONG)
    found = {said.reason for text in texts for said in read(text).layer("utterances")}
    assert found - {""} <= set(reasons.ALL)


def test_dashes_are_tagged_by_names_that_stand_nowhere_else() -> None:
    text = "— Where were you? asked Brid.\n\n— Out, said Colm.\n\n— In the rain?\n\n— It was dry, Brid, said Colm."
    assert speakers(text) == ["Brid", "Colm", "Brid", "Colm"]
