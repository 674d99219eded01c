"""English words that show that something may have to be annotated: harm, numbers, speech.

Every form is listed as it is written, in small letters; :mod:`.scanning` adds capitals.
"""

from __future__ import annotations

from warclaims.validation.numbers import MAGNITUDES


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


HARM = _words(
    """
    killed died dead deaths wounded injured casualties fatalities perished murdered massacred
    slaughtered slain displaced expelled fled
    """
) | {
    "claim the lives",
    "claimed the lives",
    "claiming the lives",
    "cost the lives",
    "costing the lives",
    "forced to flee",
    "lives have been lost",
    "lives lost",
    "lives were lost",
    "loss of life",
    "lost her life",
    "lost his life",
    "lost their lives",
    "missing people",
    "missing persons",
    "took the lives",
}
"""Words that say of people that they died, were hurt or fled, wherever they stand."""

HARM_WITH_NUMBER = _words(
    """
    kill kills killing die dies dying death fatality casualty injury injuries injure injures
    injuring wound wounds wounding murder murders murdering massacre victim victims lives bodies
    corpses executed drowned missing captured captive captives hostage hostages prisoner prisoners
    abducted kidnapped displacing uprooted homeless flee flees fleeing refugees expel expels
    expelling deported hurt maimed beheaded hospitalized hospitalised buried lost
    """
) | {"of them", "of those", "of whom"}
"""Words that say so only beside a number, or take one up: alone they are said of other things."""

_UNITS = _words("one two three four five six seven eight nine")
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_SCALES = _words("dozen hundred thousand million billion")

NUMBERS = frozenset(
    {
        *_UNITS,
        *_TEENS,
        *_TENS,
        *(f"{ten}-{unit}" for ten in _TENS for unit in _UNITS),
        *_SCALES,
        *MAGNITUDES,
        "several",
    }
)
"""Numbers in words."""

MONTHS = _words(
    """
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    """
)

NO_PEOPLE = _words(
    """
    percent per seconds minute minutes hour hours day days night nights week weeks month months
    year years decade decades century centuries time times rounds phases a.m am p.m pm o'clock
    o’clock gmt utc local
    meter meters metre metres kilometer kilometers kilometre kilometres km mile miles ton tons
    tonnes kilogram kilograms kg hectares acres degrees dollars euros pounds rubles manats
    tanks helicopters drones vehicles cars trucks buses trains aircraft planes jets ships boats
    missiles rockets bombs shells mines landmines grenades weapons guns rifles howitzers launchers
    systems depots houses homes buildings apartments flats schools hospitals shops bridges roads
    churches villages towns cities settlements districts regions areas provinces countries
    positions posts bases sides wars battles clashes attacks strikes incidents explosions blasts
    raids fronts
    """
)
"""What follows a number that counts no people, within a few words."""

LINKS = _words(
    """
    a an and as at been being by for from had has have in inside is near of off on or out over the
    to under was were when while who with after before
    """
)
"""Words after a number behind which nothing is counted by it any more."""

NO_COUNT_BEFORE = _words("aged age article number no")
"""Words before a number that counts nobody: *aged 42*."""

NEW_CLAUSE = _words("after although because before but when where whereas while")
"""Words that part a number from a word of harm: *arrested 12 after an officer was killed*."""

YEAR_BEFORE = _words("before during in since until")
"""Words before a number like 2020 by which it is a year even if people follow."""

NO_ONE_BEFORE = _words("no this that the any every each which another")
NO_ONE_AFTER = _words("of another more day way via side hand")
"""Words before and after a *one* that counts nobody: *that one*, *one day*."""

AGED = _words("aged age ages")
PERSONS = _words("he she who i")
BEING = _words("is was turned")
"""Words before a number that is an age: *aged about 45*, *she was 45*."""

PASSIVE = _words("is are was were be been being get gets got")
AUXILIARIES = PASSIVE | _words("has have had having will would may might could also reportedly")
"""What stands between a subject and its verb."""

NO_DENIAL = _words("less fewer more longer doubt later")
"""Words after a *no* that denies no victims: *no fewer than five*."""

PREPOSITIONS = _words(
    "at by for from in inside into near of off on out outside over to under who whom with within"
)
"""Words after which a noun is not the subject of what follows."""

ALSO_OF_PLACES = _words("displaced expelled dead deaths casualties fatalities")
"""Harm that is also said of villages and the like for their people, and nouns."""

TRANSITIVE = _words("killed murdered slaughtered massacred wounded injured")
POINTS = _words("ago later earlier before after and")
"""Words that make a time out of what stands before them: *killed hours later*."""

SPEECH = _words(
    """
    say says said saying tell tells told telling speak speaks spoke speaking stated stating
    announce announces announced announcing declare declares declared declaring proclaim proclaims
    proclaimed publish publishes published write writes wrote tweeted commented remark remarks
    remarked quoted cited citing communicated inform informs informed notified
    claim claims claimed claiming allege alleges alleged alleging allegedly allegation allegations
    purportedly report reports reported reporting reportedly
    accuse accuses accused accusing accusation accusations blame blames blamed blaming complain
    complains complained complaint complaints
    deny denies denied denying refute refutes refuted refuse refuses refused reject rejects
    rejected rejecting dismissed
    condemn condemns condemned condemning denounce denounces denounced deplored criticised
    criticized slammed decried
    warn warns warned threaten threatens threatened vow vows vowed vowing pledge pledges pledged
    promise promises promised agree agrees agreed accept accepts accepted accepting
    demand demands demanded demanding urge urges urged urging call calls called calling appealed
    ask asks asked asking requested
    add adds added adding notes noted noting explain explains explained insist insists insisted
    insisting stresses stressed stressing emphasise emphasises emphasised emphasize emphasizes
    emphasized underline underlines underlined underscored reiterate reiterates reiterated
    assure assures assured affirm affirms affirmed confirm confirms confirmed confirming
    acknowledge acknowledges acknowledged admit admits admitted concede concedes conceded
    argue argues argued suggest suggests suggested respond responds responded reply replies replied
    answered
    show shows showed shown showing evident
    expect expects expected hope hopes hoped predict predicts predicted expresses expressed voiced
    characterise characterises characterised characterize characterizes characterized
    describe describes described indicate indicates indicated hinted testified recounted boasted
    lamented welcomes welcomed caution cautions cautioned apologised apologized
    """
) | {"according to", "became clear", "becomes clear", "made clear", "makes clear"}
"""Words that attribute something to somebody: verbs of saying, judging, promising, showing and
expecting, and the nouns that report. Most have other uses too, in which they attribute nothing."""
