"""The commonest function words of some languages, by which a text's language is told.

Source: common knowledge of each language; our own lists. Licence: as the program.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: dict[str, str] = {
    "en": """
the and of to a in was that he she it his her with for as had you not at on but is they i my said be have him
were this from what there would could when them then your are so me do did out up no if or an been into who
""",
    "fr": """
le la les de des du et un une à il elle que qui ne pas dans pour sur se ce est était avec au aux en son sa ses
je vous nous lui mais plus par comme on dit tout cette bien ou où leur avait sans même si m'a c'était
""",
    "de": """
der die das und in zu den mit nicht von ich sie er es ein eine ist war auf dem sich des im für an als auch so
hatte aber wie ihr ihm ihn noch nur nach aus bei wenn dann mir mich sein seine einen einem wir was dass daß
""",
    "es": """
el la los las de y que en un una a no se con por su para lo como más pero sus le ya o este sí porque esta
entre cuando muy sin sobre también me hasta hay donde había era yo ella qué dijo al del mi si él fue
""",
    "it": """
il lo la i gli le di e che un una in a non è per con si da come più ma anche del della dei al alla nel nella
era aveva suo sua io lui lei mi ti ci quando se questo quella disse sono ha tutto così poi perché
""",
    "pt": """
o a os as de e que um uma em não se com por para do da dos das no na mais como mas ao seu sua ele ela eu me
era foi também já quando muito disse lhe isso você até sem pelo pela são está há nos ser
""",
    "nl": """
de het een en van in te dat die op niet zijn is was met voor er hij ze zij ik je aan als maar om ook haar hem
bij nog naar dan wat zo door over hun uit had werd toen mijn geen kan wel heeft u
""",
    "sv": """
och att det som en på är av för med den till inte var han hon jag ett om så men de sig i har hade från vid nu
då sin när där vad mig dig honom henne skulle kunde här man också efter ut upp
""",
    "da": """
og at det som en på er af for med den til ikke var han hun jeg et om så men de sig i har havde fra ved nu da
sin når hvor hvad mig dig ham hende skulle kunne her man også efter ud op der
""",
    "no": """
og å det som en på er av for med den til ikke var han hun jeg et om så men de seg i har hadde fra ved nå da
sin når hvor hva meg deg ham henne skulle kunne her man også etter ut opp der
""",
    "fi": """
ja on ei se että hän oli en mutta kun niin minä sinä hänen ole mitä joka myös kuin jo nyt vain ovat sitten
tämä sen olen olisi minun jos hän me te he mikä siitä vielä kaikki
""",
    "pl": """
i w nie na się z że to do jest jak o ale po co tak za od już go mu był była było tylko przez jego jej może gdy
kiedy ja ty on ona są dla czy mnie ci ich przed
""",
    "cs": """
a v se na je že to z s do o i ale jako by tak po za co už jsem byl byla bylo jeho její ho mu jen nebo když
který která jsou od při také před ještě kde
""",
    "tr": """
ve bir bu da de için ile çok ne o ben sen daha gibi ama kadar olarak var mi mı değil dedi sonra her en ki şey
onu bana beni ona onun diye yok
""",
    "la": """
et in est non ad ut cum sed quod qui quae ex ab de si aut atque per enim nec me te se hoc sunt esse erat
""",
}

FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _WORDS.items()
}
"""BCP 47 tag to function words, in small letters."""

SCRIPTS: Mapping[str, str] = {
    "ja": r"\p{Hiragana}\p{Katakana}",
    "ko": r"\p{Hangul}",
    "zh": r"\p{Han}",
    "ru": r"\p{Cyrillic}",
    "el": r"\p{Greek}",
    "he": r"\p{Hebrew}",
    "ar": r"\p{Arabic}",
    "hi": r"\p{Devanagari}",
    "th": r"\p{Thai}",
}
"""BCP 47 tag to the letters of a script that mostly one language uses, tried in this order."""
