"""Two accounts of one life, told in other words and in another order; each has an episode of its own."""

from collections.abc import Sequence

ONE = {
    "bees": """Ansgar came to the valley in the year of the bees. A swarm had settled in the church organ, and
nobody dared to play it. He opened the lid, spoke to them quietly, and carried the queen out in his hat. The whole
swarm followed him down the nave and into the orchard.""",
    "bridge": """When the river took the bridge at Holm, the ferryman asked a silver coin of every traveller. A
poor widow stood on the bank with a goat and could not pay. Ansgar gave his boots to the ferryman, and the widow
and the goat were rowed across. He walked barefoot to the market.""",
    "well": """In the dry summer the well behind the smithy failed. The smith cursed and wanted to fill it with
stones. Ansgar let down a rope with a candle tied to it and found that the water had only hidden behind a fallen
slab. Three men lifted the slab, and by evening every bucket in the village was full.""",
    "wolf": """A wolf was taking lambs from the upper pasture. The shepherds dug a pit and laid branches over it.
At night Ansgar climbed down into the pit, where the wolf sat whining with a broken paw, and bound it with his
scarf. It never came near the lambs again.""",
    "judge": """The judge from the city came to hear a quarrel about a hedge. Two brothers had not spoken for
eleven years because of it. Ansgar asked each of them to prune the other's side, and by noon they were laughing.
The judge ate their plums and went home without a verdict.""",
    "fever": """Fever came with the pedlars, and the schoolhouse was filled with beds. Ansgar boiled willow bark
day and night. When the schoolmaster's daughter could no longer swallow, he dripped the brew between her lips with
a straw. She lived, and later she became the midwife of the valley.""",
    "bell": """The great bell cracked on Easter morning. The bishop demanded a new one and sent no money. So every
house brought a spoon, a hinge or a buckle, and Ansgar threw in his own brass buttons. The bell that they cast of
it sounds a little like a kitchen to this day.""",
    "storm": """Once a hailstorm came over the ridge in the middle of the harvest. The reapers ran for the barn.
Ansgar stayed and held a door over the last sheaves, and when the hail was over the door had more holes than a
sieve. That winter nobody went hungry.""",
    "thief": """A thief stole the cheese from his window. Ansgar ran after him through three gardens, calling. When
he had caught up with the thief he handed him the bread, since nobody ought to eat cheese alone. The thief mended
his roof for him in the autumn.""",
}
"""Nine episodes of the first account, which has `thief` alone."""

OTHER = {
    "storm": """It was harvest time when hail broke over the valley from the ridge. Everyone fled into the barn,
but he remained in the field and kept a door above the last of the sheaves. Afterwards you could see the sky
through that door in a hundred places. There was bread for all that winter.""",
    "well": """The smith's well ran dry one summer, and the smith, swearing, was about to choke it with stones.
Ansgar lowered a candle on a rope and saw that a slab had slipped in front of the water. Three of them raised it.
Before night all the buckets of the village were brimming.""",
    "fever": """In the year of the fever beds stood in rows in the schoolhouse. He cooked willow bark without
sleeping. The daughter of the schoolmaster was too weak to drink, so he let the brew fall from a straw into her
mouth, drop after drop. She recovered; half the valley was later born into her hands.""",
    "bees": """His first deed among us was the matter of the bees. They had made their home in the organ, and for
weeks no hymn was played in the church. He lifted the lid and talked to the swarm in a low voice. Then he took the
queen in his hat and walked out to the orchard, and all of them went after him.""",
    "ship": """One spring he built a ship on dry land, forty miles from the sea. Children painted its planks blue.
He said that he liked to have somewhere to sit when he thought of his father. The ship is in the nettles still.""",
    "bell": """On Easter Day the big bell split. There was no money from the bishop, only a letter that asked for
another bell. People carried spoons and buckles and old hinges to the founder, and Ansgar cut the brass buttons off
his coat. They say that you can hear the kitchen in its note.""",
    "wolf": """Lambs were vanishing from the pasture on the hill, and so the shepherds covered a pit with branches.
The wolf fell in. After dark Ansgar went down to it, for it had broken a paw and whined, and tied the paw up with
his own scarf. No lamb was lost after that.""",
    "bridge": """The bridge at Holm had been carried off by the river, and at the ferry one had to pay in silver.
There was a widow with her goat who had none. He pulled off his boots and gave them to the ferryman, who took the
widow over, and the goat too. People at the market wondered at his bare feet.""",
    "judge": """Two brothers had kept silent towards each other for eleven years about a hedge. A judge travelled
from the city to decide it. But Ansgar had the one prune the hedge on the side of the other, and before noon they
laughed together. The judge was given plums and gave no verdict.""",
}
"""The second account in its own order; it has `ship` alone."""

FAIR = """Nobody at the fair would buy the piano. It had been on three auctions and in one flood.

A girl with red mittens pressed the lowest key and listened until there was nothing left to hear. Her uncle
looked at his watch. "We came for a saddle," he said.

In the end the auctioneer paid them a shilling to take it away. It took four men and a hay cart. The girl
walked behind it through the rain and told everybody that it was hers.

On Sunday they found a nest of mice among the hammers. The uncle wanted to smoke them out. She played them a
lullaby instead, on the eleven strings that were whole, and in the morning they had moved to the attic.

By Christmas the piano could manage two hymns and most of a polka. The neighbours came to dance. The uncle,
who had not danced since the war, stepped on everybody's feet and was forgiven."""


def account(episodes: dict[str, str], order: Sequence[str]) -> str:
    """Return an account: its episodes as paragraphs, in some order."""
    return "\n\n".join(episodes[name] for name in order if episodes.get(name))
