"""The lists: every value an attribute may take, each with its meaning.

The meanings are written here once; schema descriptions, hints of the labelling interface and the
tables of the guidelines are generated from them. A corpus may add values of its own to the lists in
``OPEN_LISTS``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class ClosedList(StrEnum):
    """A list of values. A member *is* its string; ``meaning`` says when it applies.

    A member may be a kind of another one: ``kind_of`` is that one's value.

    >>> Outcome.KILLED == "killed"
    True
    >>> Cause.SUICIDE_BOMB.kind_of
    'ied'
    """

    meaning: str
    kind_of: str | None

    def __new__(cls, value: str, meaning: str, kind_of: str | None = None) -> ClosedList:  # noqa: D102
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.kind_of = kind_of
        return member


class SegmentKind(ClosedList):
    """What a stretch of a text is."""

    TITLE = "title", "the headline"
    STANDFIRST = "standfirst", "the summary under the headline"
    HEADING = "heading", "a heading inside the text"
    PARAGRAPH = "paragraph", "running text"
    CAPTION = "caption", "words under a picture"
    CREDIT = "credit", "who made or supplied a picture, or a dateline without a date"
    MEDIA_LEAD = "media_lead", "a sentence that introduces a video or gallery not in the text"
    RELATED_LINK = "related_link", "the title of another article"
    BOILERPLATE = "boilerplate", "forms, subscription prompts, an exact repetition of the title"


ANNOTATABLE = frozenset(
    {
        SegmentKind.TITLE,
        SegmentKind.STANDFIRST,
        SegmentKind.HEADING,
        SegmentKind.PARAGRAPH,
        SegmentKind.CAPTION,
        SegmentKind.MEDIA_LEAD,
    }
)
"""Annotations live only in segments of these kinds."""


class Evidence(ClosedList):
    """What a fact of the index or a registry rests on."""

    TEXT = "text", "a seed text states it"
    EXTERNAL = "external", "a named public source states it"
    INFERRED = "inferred", "concluded from what the texts or sources show"


class Certainty(ClosedList):
    """How certain a fact about a text is."""

    HIGH = "high", "no other reading is plausible"
    MEDIUM = "medium", "the likeliest of several readings"
    LOW = "low", "a guess that the evidence allows"


class Level(ClosedList):
    """How an actor is mentioned."""

    NAME = "name", "the head is a proper name, or a capitalised designation with its country"
    NOMINAL = "nominal", "the head is a common noun or a demonym noun"
    PRONOUN = "pronoun", "a pronoun that fills a slot of an attribution or a casualty"


class PlaceLevel(ClosedList):
    """How a place is mentioned."""

    NAME = "name", "a proper place name"
    NOMINAL = "nominal", "a definite description of a place"


class ActorType(ClosedList):
    """What kind of actor."""

    PERSON = "person", "one human being"
    GOVERNMENT = "government", "a state or its government as a whole"
    STATE_BODY = "state_body", "a ministry, office or agency of a state"
    ARMED_FORCE = "armed_force", "the military of a state, or a part of it"
    POLICE = "police", "police or interior troops"
    DE_FACTO_AUTHORITY = (
        "de_facto_authority",
        "an authority that governs without general recognition",
    )
    ARMED_GROUP = "armed_group", "an armed force that is not a state's"
    PEACEKEEPING_FORCE = "peacekeeping_force", "troops deployed to keep a truce"
    INTERNATIONAL_ORGANISATION = "international_organisation", "a body of states, or its organ"
    HUMANITARIAN_ORGANISATION = "humanitarian_organisation", "an aid organisation"
    POLITICAL_GROUP = "political_group", "a party, movement or opposition"
    MEDIA = "media", "an outlet, journalists as a group"
    HOSPITAL = "hospital", "a hospital, clinic or ambulance service as a body"
    UNIVERSITY = "university", "a university or research institute"
    MONITOR = "monitor", "a body that counts or observes: a monitoring group, observers"
    WITNESS = "witness", "people who saw what happened: residents, relatives, survivors"
    COMPANY = "company", "a business"
    POPULATION = "population", "the people of a place or nation"
    EVIDENCE = "evidence", "material that reports and nobody is named for: images, a statement"
    OTHER = "other", "none of these"


class PlaceType(ClosedList):
    """What kind of place."""

    COUNTRY = "country", "an existing state's territory"
    FORMER_STATE = "former_state", "the territory of a state that no longer exists"
    DISPUTED_REGION = "disputed_region", "a region whose status the parties dispute"
    DISTRICT = "district", "an administrative district or province"
    CITY = "city", "a city, town or village"
    ROAD = "road", "a road, highway or corridor"
    FRONT_LINE = "front_line", "a line of contact between armed forces"
    BORDER = "border", "a state border"
    MACRO_REGION = "macro_region", "a region of several countries"
    BUILDING = "building", "a building"
    FACILITY = "facility", "a site with a purpose: a base, plant, port, airfield, prison"
    CAMP = "camp", "a camp of refugees, displaced people or fighters"
    SEA = "sea", "a sea, strait or bay"
    LAKE = "lake", "a lake or reservoir"
    RIVER = "river", "a river or canal"
    OTHER = "other", "none of these"


class EventType(ClosedList):
    """What kind of event."""

    BATTLE = "battle", "armed forces fought each other"
    ATTACK_ON_CIVILIANS = "attack_on_civilians", "an armed attack on people who do not fight"
    AIR_OR_DRONE_STRIKE = "air_or_drone_strike", "an attack from the air"
    SHELLING = "shelling", "fire by guns, mortars or rockets"
    EXPLOSION = "explosion", "something exploded, by whoever's doing"
    ABDUCTION = "abduction", "people were taken hostage or kidnapped"
    DISPLACEMENT = "displacement", "people fled or were driven out"
    BLOCKADE = "blockade", "supplies or movement were cut off"
    AGREEMENT = "agreement", "parties agreed on something"
    PROTEST = "protest", "a demonstration or riot"
    WAR = "war", "an armed conflict as a whole, or a phase of it"
    OTHER = "other", "none of these"


class Outcome(ClosedList):
    """What happened to the victims."""

    KILLED = "killed", "the victims died"
    INJURED = "injured", "the victims were wounded and are not said to have died"
    KILLED_OR_INJURED = "killed_or_injured", "the words cover dead and wounded together"
    MISSING = "missing", "the victims' fate is not known"
    CAPTURED = "captured", "the victims were taken prisoner by a force"
    ABDUCTED = "abducted", "the victims were taken hostage or kidnapped"
    DISPLACED = "displaced", "the victims fled or were driven out"
    SEXUAL_VIOLENCE = "sexual_violence", "the victims suffered sexual violence"
    DEPRIVED = "deprived", "the victims starve or are ill through a siege or shortage"
    RELEASED = "released", "the victims were freed, found alive or returned"
    OTHER = "other", "another harm, or several as one number; the note says which"


class Quantifier(ClosedList):
    """How the number of victims is meant."""

    EXACT = "exact", "a number without qualification: five people, a child; zero: no civilians"
    AT_LEAST = "at_least", "the number or more: at least nine deaths"
    MORE_THAN = "more_than", "above the number: more than 900 dead"
    AT_MOST = "at_most", "the number or fewer: up to 40 wounded"
    LESS_THAN = "less_than", "below the number: fewer than ten victims"
    APPROXIMATE = "approximate", "near the number, either way: around 400, some 50"
    RANGE = "range", "from the value to value_max: between 10 and 15, two or three"
    ORDER_OF_MAGNITUDE = (
        "order_of_magnitude",
        "only the magnitude is said: dozens, thousands",
    )
    INDEFINITE = "indefinite", "no number: several villagers, the wounded"


class VictimStatus(ClosedList):
    """Who the victims are said to be. Several values: at least one of each."""

    CIVILIAN = "civilian", "civilians, also by a civil occupation: teacher, farmer, driver"
    MEDIC = "medic", "doctors, nurses, paramedics, ambulance crews", "civilian"
    AID_WORKER = "aid_worker", "staff of aid organisations", "civilian"
    JOURNALIST = "journalist", "journalists and their crews", "civilian"
    OFFICIAL = "official", "holders of a civil office", "civilian"
    COMBATANT = "combatant", "people who fight, of whatever force"
    MILITARY = "military", "soldiers of a state", "combatant"
    FIGHTER = "fighter", "members of an armed group that is not a state's", "combatant"
    PEACEKEEPER = "peacekeeper", "troops deployed to keep a truce", "combatant"
    POLICE = "police", "police or interior troops"
    PRISONER = "prisoner", "people held captive; says nothing of what else they are"


class VictimAge(ClosedList):
    """How old the victims are said to be."""

    CHILD = "child", "the whole quantity is said to be minors"
    ADULT = "adult", "the whole quantity is said to be adults"
    ELDERLY = "elderly", "the whole quantity is said to be old", "adult"
    UNSPECIFIED = "unspecified", "this text does not say it of the whole quantity"


class VictimSex(ClosedList):
    """Which sex the victims are said to have."""

    FEMALE = "female", "the whole quantity is said to be women or girls"
    MALE = "male", "the whole quantity is said to be men or boys"
    UNSPECIFIED = "unspecified", "this text does not say it of the whole quantity"


class Cause(ClosedList):
    """What the text says harmed the victims. Several values: all of them did."""

    EXPLOSIVE = "explosive", "an explosion of any kind; a bare strike or blast"
    LANDMINE = "landmine", "a mine in the ground", "explosive"
    IED = "ied", "an improvised bomb", "explosive"
    VEHICLE_BOMB = "vehicle_bomb", "a bomb in or under a vehicle", "ied"
    SUICIDE_BOMB = "suicide_bomb", "a bomb whose bearer dies by it", "ied"
    ARTILLERY = "artillery", "guns, mortars, rockets, shelling", "explosive"
    MISSILE = "missile", "a guided missile", "explosive"
    AIR_STRIKE = "air_strike", "bombs or missiles from the air", "explosive"
    DRONE_STRIKE = "drone_strike", "an attack by an unmanned aircraft", "air_strike"
    SMALL_ARMS = "small_arms", "rifles and other hand weapons"
    MELEE = "melee", "weapons without projectiles"
    STABBING = "stabbing", "knives, machetes, axes", "melee"
    BEHEADING = "beheading", "the victims were beheaded", "melee"
    EXECUTION = "execution", "killing of people in the killer's power"
    ABUSE = "abuse", "mistreatment"
    TORTURE = "torture", "torture", "abuse"
    CUSTODY = "custody", "harm in custody, of whatever kind", "abuse"
    FIRE = "fire", "burning or smoke"
    COLLAPSE = "collapse", "falling buildings or debris"
    DROWNING = "drowning", "drowning"
    CHEMICAL = "chemical", "poisonous substances"
    DEPRIVATION = "deprivation", "lack of food, water or care"
    HUNGER = "hunger", "hunger", "deprivation"
    DISEASE = "disease", "disease", "deprivation"
    BLOCKADE = "blockade", "a siege or blockade", "deprivation"
    CRASH = "crash", "a crash of a vehicle or aircraft"
    FIGHTING = "fighting", "combat or a war as such"
    EXPULSION = "expulsion", "driven out by an agent that the words name"
    OTHER = "other", "another cause; the note says which"


class VictimCertainty(ClosedList):
    """How certain the text says a count is."""

    ASSERTED = "asserted", "stated without a doubt of its own"
    PRESUMED = "presumed", "feared, believed or presumed"
    UNVERIFIED = "unverified", "the text says that it could not be checked"
    RETRACTED = "retracted", "the text says that the figure was wrong"


class Mode(ClosedList):
    """How a content is given."""

    DIRECT = "direct", "the content is quoted words"
    INDIRECT = "indirect", "the content is reported without quotation"
    MIXED = "mixed", "the content is reported and holds quoted words"


class Act(ClosedList):
    """What the source does by its words. Several in one content: the first in this order."""

    ACCUSE = "accuse", "lays a harm, a violation or the start of fighting on a named adversary"
    CONDEMN = "condemn", "rejects something as wrong"
    DEMAND = "demand", "asks somebody to act, or says that an action is needed"
    DENY = "deny", "says that something is not so, or refuses"
    CONFIRM = "confirm", "acknowledges, admits, claims responsibility, corroborates"
    COMMIT = "commit", "the source's own future conduct: a promise or threat"
    ANNOUNCE = "announce", "makes public its own decision, measure or operation"
    PREDICT = "predict", "an expectation, hope or fear with a clause as content"
    EVALUATE = "evaluate", "a feeling, label or assessment"
    DOUBT = "doubt", "cannot confirm, sees no indication"
    ASSERT = "assert", "anything else said to be so"


class Commitment(ClosedList):
    """The stance of the enclosing voice: the narrator, or the source of the attribution around."""

    NEUTRAL = "neutral", "the voice reports without taking a stand: said, insisted, according to"
    SUPPORTING = "supporting", "the voice presents it as so: shows, notes, explains, is evident"
    DISTANCING = "distancing", "the voice keeps a distance: claims, allegedly, is said to"


class AnnotatorKind(ClosedList):
    """Who makes annotations."""

    LANGUAGE_MODEL = "language_model", "a language model working from the guidelines"
    PERSON = "person", "a human annotator, under a pseudonymous id"
    PROGRAM = "program", "another program: rules, or a trained model"


def machines(kinds: Collection[AnnotatorKind]) -> str:
    """The annotators of ``kinds`` that are not persons, in words; empty if all are.

    >>> machines({AnnotatorKind.PROGRAM, AnnotatorKind.LANGUAGE_MODEL})
    'language models and programs'
    """
    found = [kind for kind in AnnotatorKind if kind in kinds and kind is not AnnotatorKind.PERSON]
    return " and ".join(f"{kind.value.replace('_', ' ')}s" for kind in found)


OPEN_LISTS: dict[str, type[ClosedList]] = {
    "outcome": Outcome,
    "status": VictimStatus,
    "age": VictimAge,
    "sex": VictimSex,
    "cause": Cause,
    "actor_type": ActorType,
    "place_type": PlaceType,
    "event_type": EventType,
}
"""The lists to which a corpus may add values (``annotations/lists.json``), by name."""
