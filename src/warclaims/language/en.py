"""English: number words, words of harm and of speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warclaims.grouping import the_one
from warclaims.language.comparison_words import ComparisonWords
from warclaims.language.coverage_words import CoverageWords
from warclaims.language.lists import meaning, phrases, words
from warclaims.language.nouns import conjuncts
from warclaims.language.number_words import (
    APPROXIMATE,
    AT_LEAST,
    AT_MOST,
    EXACT,
    LESS_THAN,
    MORE_THAN,
    NumberWords,
)
from warclaims.language.suggestion_words import SuggestionWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.language.nouns import Words
    from warclaims.language.number_words import NounNumber

_UNITS = {
    word: value
    for value, word in enumerate(
        words(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
            fifteen sixteen seventeen eighteen nineteen"""
        )
    )
    if value
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2
    )
}

_NEARLY = (APPROXIMATE, LESS_THAN)

# Nouns, for phrases without a number.

_PLURALS = frozenset(
    words(
        """
        people men women children servicemen servicewomen police personnel staff troops dead
        wounded injured missing displaced killed captured captives elderly others infantry
        casualties clergy folk kin paramilitaries militia militiamen them these those we they us
        you maimed disabled detained kidnapped abducted bereaved homeless sick dying drowned poor
        innocent hurt slain persons policemen policewomen firemen fishermen gunmen clergymen
        businessmen herdsmen tribesmen airmen seamen marksmen cameramen crewmen guardsmen
        youngsters lives bodies youth medics
        """
    )
)
_SINGULARS = frozenset(
    words(
        """
        child boy girl man woman person infant baby toddler kid teen youngster minor adult soldier
        civilian sailor marine officer policeman policewoman serviceman servicewoman fighter
        militant rebel insurgent gunman guard recruit conscript commander general colonel captain
        lieutenant sergeant corporal private pilot driver doctor nurse medic paramedic surgeon
        journalist reporter cameraman photographer teacher student pupil farmer shepherd worker
        labourer laborer engineer priest imam monk nun bishop pastor rabbi cleric mayor minister
        president governor judge lawyer activist volunteer aid-worker peacekeeper observer diplomat
        ambassador refugee migrant prisoner hostage captive detainee inmate victim casualty patient
        resident villager citizen passer-by passerby bystander pedestrian passenger customer
        shopper worshipper pilgrim tourist fisherman fireman firefighter hunter herder herdsman
        shopkeeper trader merchant mother father son daughter brother sister husband wife widow
        widower uncle aunt cousin nephew niece grandmother grandfather grandson granddaughter
        grandchild parent relative neighbour neighbor friend colleague bride groom twin orphan
        pensioner retiree veteran settler native foreigner national spokesman spokeswoman deputy
        leader chief suspect assailant attacker bomber sniper gunner crewman paratrooper cadet
        mercenary contractor interpreter translator cook baker miner sapper scout partisan
        guerrilla spy agent athlete footballer singer actor poet writer professor scientist corpse
        body life death fatality injury other one teenager adolescent newborn schoolboy schoolgirl
        lady gentleman monk evacuee defector deserter abductee survivor warrior commando operative
        member supporter user caretaker militiaman reservist servant guest
        """
    )
)
_PERSON_ENDINGS = ("woman", "man", "ist", "ian", "ee", "boy", "girl", "worker", "officer")
_COLLECTIVES = words(
    """
    group family crew crowd convoy community population patrol platoon squad battalion brigade unit
    garrison company regiment division team handful number series band gang congregation
    delegation audience household tribe clan village town city neighbourhood neighborhood army
    generation movement column party bunch host string
    cell corps detachment contingent force enemy
    """
)
_NO_PEOPLE_ALONE = frozenset(
    words(
        """
        toll total number list loss death injury war battle attack strike blast explosion day week
        month year hour minute night village town city country house home school hospital market
        bus car truck plane helicopter tank boat ship building shelter camp bridge road border
        great lot part share rest series quarter half fifth third tenth sum figure count tally
        amount score record low high
        """
    )
)
_CUT = frozenset(
    words(
        """
        in on at from among amongst by with near inside outside during after before since who whom
        whose which that when where while were was are is have has had for to into through across
        under over between about against within throughout around above behind beneath beyond below
        without via per following including aboard as because if than alone alike still being died
        killed-by living remaining trapped held buried seeking fleeing sheltering waiting working
        travelling traveling queueing queuing attending serving fighting belonging said believed
        thought feared reported presumed hiding
        """
    )
)
_TAIL = frozenset(
    words(
        "killed wounded injured missing dead captured displaced hurt slain abducted kidnapped "
        "detained maimed taken lost shot executed"
    )
)


_EVENTS = frozenset(words("death killing murder loss capture abduction wounding execution"))
_NO_PLURALS = frozenset(
    words("his hers theirs its ours yours this always perhaps news series means less losses")
)
_PLURAL = re.compile(r"[^su'i]s$|[aeo]us?es$|ies$|ians$|[^aeiou]is$")
_PEOPLES = re.compile(
    r"(?:i|ea|ica|rma|oma|be)ns$|(?:aelis|akis|anis|aqis|emenis|uwaitis|audis|alis)$"
    r"|^(?:serbs|kurds|arabs|jews|turks|finns|britons|croats|poles|danes|swedes|uzbeks|tajiks"
    r"|kazakhs|druze|yazidis|houthis|sikhs|hindus|muslims|christians|shias|sunnis|afghans|germans"
    r"|hutus|tutsis|czechs|slovaks|greeks|filipinos|nepalis|bengalis|tamils|azeris)$"
)
"""Plurals that are written like names."""


def _noun_number(said: Sequence[str], codes: str, is_counted: bool = False) -> NounNumber | None:
    """One or many: from the head of the first noun phrase and its determiner."""
    if re.match(r"[ADv]?w{0,2}C(?=$|[O,])", codes):
        return "many"
    parts = conjuncts(said, codes, _CUT)
    if parts and "O" in codes and parts[0][-1][0].lower() in _EVENTS:
        of = codes.index("O") + 1
        return _noun_number(said[of:], codes[of:])
    has_of = re.match(r"[^,&o]*O", codes) is not None
    return the_one(_part_number(part, number, has_of) for number, part in enumerate(parts))


def _part_number(part: Words, position: int, has_of: bool) -> NounNumber | None:
    raw = [word for word, _ in part]
    codes = "".join(code for _, code in part)
    said = [word.lower() for word in raw]
    has_article = "A" in codes or said[0] in ("this", "that")
    if has_article and len(said) > 2 and said[-1] in _TAIL:
        raw, said, codes = raw[:-1], said[:-1], codes[:-1]
    kind = _kind(raw[-1], codes[-1], is_first=len(raw) == 1 and not position)
    if kind == "person":
        return "one" if has_article or _is_definite(said, codes) else None
    if kind == "unknown":  # it may hold others: a busload of tourists
        return "one" if has_article and not has_of else None
    if kind == "aged":
        return "many" if said[-1].endswith("s") else "one"
    return "many" if kind == "people" and not has_article else None


def _is_definite(said: Sequence[str], codes: str) -> bool:
    """True if a determiner, a possessive or an age says which person is meant."""
    return codes[0] == "D" or "G" in codes or any(word.endswith("'s") for word in said[:-1])


def _kind(noun: str, code: str, *, is_first: bool) -> str:
    """Whether a noun is a person, people, an age, something else, or unknown."""
    head = noun.lower()
    is_plural = _PLURAL.search(head) is not None and head not in _NO_PLURALS
    is_name = noun[0].isupper() and not noun[:2].isupper() and not is_first
    kinds = {
        "nothing": code in "uAD" or head in _NO_PEOPLE_ALONE,
        "aged": code == "G",
        "people": code == "C" or head in _PLURALS or head in _TAIL or head.endswith("children"),
        "person": head in _SINGULARS or (head.endswith(_PERSON_ENDINGS) and not is_plural),
    }
    if is_plural and not any(kinds.values()):
        return "people" if _PEOPLES.search(head) or not is_name else "nothing"
    return next((kind for kind, fits in kinds.items() if fits), "unknown")


NUMBERS = NumberWords(
    cardinals={**_UNITS, **_TENS},
    scales={
        "hundred": 100,
        "thousand": 1000,
        "million": 10**6,
        "billion": 10**9,
        "lakh": 10**5,
        "lakhs": 10**5,
        "crore": 10**7,
        "crores": 10**7,
        "dozen": 12,
        "score": 20,
        "mln": 10**6,
        "mn": 10**6,
        "bn": 10**9,
    },
    article_scales={"dozen": EXACT, "score": EXACT},
    magnitudes={
        "tens": 10,
        "dozens": 12,
        "scores": 20,
        "hundreds": 100,
        "thousands": 1000,
        "millions": 10**6,
        "billions": 10**9,
    },
    groups={
        **dict.fromkeys(("both", "both of"), 2),
        **{f"twin {word}": 2 for word in words("brothers sisters boys girls babies")},
        **dict.fromkeys(("twins", "the twins"), 2),
        **dict.fromkeys(("triplets",), 3),
    },
    noun_number=_noun_number,
    leading=words(
        """
        at casualties climbed climbs count dead death deaths exceeded fatalities figure has have
        hit injured injuries killed loss losses missing number of people persons reached rises
        rose stood the toll total victims was were wounded
        """
    ),
    group_nouns={
        "couple": 2,
        "pair": 2,
        "duo": 2,
        "trio": 3,
        "threesome": 3,
        "quartet": 4,
        "foursome": 4,
        "quintet": 5,
    },
    mass_nouns=("crew", "force"),
    hyphenated=("strong", "member", "members", "person", "people", "man", "men", "woman"),
    maybe_shares=("out of",),
    plural_groups=words(
        """
        families groups crews units battalions brigades households couples pairs trios teams squads
        platoons regiments divisions communities tribes convoys patrols generations
        """
    ),
    parents=words(
        "mother father parent widow widower man woman boy girl child person pensioner mother-in-law"
    ),
    others=("others", "another"),
    joiner="and",
    joins_above=100,
    and_a_half=("and a half", "-and-a-half"),
    half=("half",),
    denominators={
        f"{word}{plural}": value
        for word, value in zip(
            words("third quarter fifth sixth seventh eighth ninth tenth"),
            (3, 4, 5, 6, 7, 8, 9, 10),
            strict=True,
        )
        for plural in ("", "s")
    },
    percent=phrases("%, percent, per cent, pct"),
    before={
        **meaning(
            (AT_LEAST,),
            """
              no fewer than, no less than, not fewer than, not less than, a minimum of, minimum,
              minimum of, ≥, >=, at the least
              """,
        ),
        **meaning(
            (MORE_THAN,),
            """
              more than, over, above, in excess of, upwards of, upward of, greater than, exceeding,
              exceeded, exceeds, exceed, surpassing, surpassed, surpasses, topped, topping, tops,
              beyond, passed, passes, has passed, crossed, north of, well over, well above, well in
              excess of, just over, just above, slightly over, slightly more than, slightly above,
              a little over, a little more than, well more than, far more than, many more than,
              somewhat more than, significantly more than, considerably more than, >
              """,
        ),
        **meaning(
            (AT_MOST,),
            """
              up to, as many as, no more than, not more than, a maximum of, maximum of, anything
              up to, not exceeding, up to and including, ≤, <=
              """,
        ),
        **meaning(
            (LESS_THAN,),
            """
              fewer than, less than, under, below, well under, well below, far fewer than,
              slightly fewer than, slightly less than, a little under, a little less than, <
              """,
        ),
        **meaning((LESS_THAN, APPROXIMATE), "just under, just short of, just below, shy of"),
        **meaning(
            _NEARLY,
            """
              nearly, almost, close to, approaching, close on, nearing, getting on for, not
              quite, approached
              """,
        ),
        **meaning(
            (APPROXIMATE,),
            """
              around, about, some, circa, ca., ca, c., c, an estimated, estimated, estimated at,
              perhaps, in the region of, somewhere around, somewhere in the region of, in the
              order of, on the order of, in the neighbourhood of, in the neighborhood of, in the
              vicinity of, approx., approx, ~, ≈, ±, something like, possibly, maybe, as
              estimated, an approximate
              """,
        ),
    },
    after={
        **meaning(
            (AT_LEAST,),
            """
              or more, +, plus, -plus, and counting, or over, or above, minimum, if not more,
              and more, and up, and upwards, and above, or even more
              """,
        ),
        **meaning((MORE_THAN,), "and then some"),
        **meaning((AT_MOST,), "or fewer, or less, maximum, tops, or under, at maximum"),
        **meaning(
            (APPROXIMATE,),
            """
              or so, odd, -odd, ish, -ish, or thereabouts, give or take, more or less, by
              estimate
              """,
        ),
    },
    around={
        **meaning((AT_LEAST,), "at least, at the very least, at a minimum"),
        **meaning((AT_MOST,), "at most, at the most, at the very most"),
        **meaning((APPROXIMATE,), "roughly, approximately"),
    },
    adjacent=phrases("plus, +, -plus, odd, -odd, ish, -ish"),
    plain={
        "over": "w",
        "above": "w",
        "under": "w",
        "below": "w",
        "beyond": "w",
        "around": "w",
        "about": "w",
        "c": "w",
        "some": "v",
        "perhaps": "w",
        "possibly": "w",
        "maybe": "w",
        "passed": "w",
    },
    zero=phrases("""
        no, none, nobody, no one, no-one, not one, not a single, not a, zero, nil, none of, no
        further, no other, no more, without a single, without any, without, neither of, neither,
        not any, not a single one of, not one of, no single, not even one, 0
        """),
    vague={
        "several": 3,
        "a few": 3,
        "few": 2,
        "a handful": 3,
        "a handful of": 3,
        "a number of": 2,
        "numbers of": 2,
        "large numbers of": 2,
        "great numbers of": 2,
        "an unknown number of": 1,
        "an unspecified number of": 1,
        "an undisclosed number of": 1,
        "a large number of": 2,
        "a small number of": 2,
        "an untold number of": 2,
        "unknown numbers of": 2,
        "many": 2,
        "numerous": 2,
        "multiple": 2,
        "countless": 2,
        "untold": 2,
        "various": 2,
        "innumerable": 2,
        "a lot of": 2,
        "lots of": 2,
        "plenty of": 2,
        "a good many": 2,
        "a great many": 2,
        "a good few": 3,
        "quite a few": 3,
        "a great number of": 2,
        "a growing number of": 2,
        "an unconfirmed number of": 1,
    },
    fillers=phrases("""
        a total of, total of, in total, in all, all told, altogether, only, just, exactly,
        precisely, a further, further, an additional, additional, reportedly, allegedly, a
        record, even, fully, the number of, a full, an astonishing, a staggering, an incredible,
        an unprecedented, a combined, a reported, a confirmed, a mere, more, numbering, or
        rather, of up
        """),
    between=phrases("between, anywhere between, somewhere between, anywhere from"),
    range_from=("from", "anywhere from", "somewhere from"),
    range_to=("to", "up to", "through"),
    range_or=phrases("or, or even, or perhaps, or maybe, or possibly"),
    ands=("and", "&"),
    articles=phrases("a, an, another, yet another"),
    definites=phrases("""
        the, these, those, his, her, its, their, our, my, your, all, all of, this, that, some
        of, whose, such
        """),
    of=("of",),
    one_in=phrases("in, in every, out of every, of every, out of"),
    cuts=tuple(_CUT),
    collectives=_COLLECTIVES,
    units=words(
        """
        second seconds minute minutes hour hours day days night nights week weeks month months
        decade decades century centuries fortnight time times round rounds phase
        phases a.m. a.m am p.m. p.m pm o'clock gmt utc hrs hr meter meters metre metres kilometer
        kilometers kilometre kilometres km kms mile miles foot feet ft yard yards inch inches ton
        tons tonne tonnes kilogram kilograms kg hectare hectares acre acres degree degrees dollar
        dollars euro euros pounds rubles roubles manats cm mm sqm kph mph tank tanks helicopter
        helicopters drone drones vehicle vehicles car cars truck trucks bus buses train trains
        aircraft plane planes jet jets ship ships boat boats missile missiles rocket rockets bomb
        bombs shell shells mines landmines grenade grenades weapons guns rifles howitzers launchers
        systems depots house houses home homes building buildings apartment apartments flats
        school schools hospital hospitals shop shops bridges roads church churches village villages
        town towns city cities settlement settlements district districts region regions area areas
        province provinces country countries state states nation nations position positions posts
        bases side sides war wars battle battles clash clashes attack attacks strike strikes
        incident incidents explosion explosions blast blasts raid raids front fronts family-homes
        offensive airstrikes airstrike camps camp location locations site sites tents tent
        twenties thirties forties fifties sixties seventies eighties nineties teens
        places place points storey storeys story stories floor floors
        """
    ),
    years=("year", "years", "years of age"),
    modifiers=words(
        """
        second minute hour day night week month decade century round phase tank helicopter drone
        vehicle car truck bus train aircraft plane jet ship boat missile rocket bomb grenade house
        home building apartment school hospital shop church village town city settlement district
        region area province country state nation position side war battle clash attack strike
        incident explosion blast raid front camp location site tent place floor mine weapon
        """
    ),
    unit_adjectives=words("separate different consecutive square sq nautical successive long"),
    months=words(
        """
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        """
    ),
    times=words("in since until till during before after by circa early late mid year"),
    ages=phrases("aged, age, ages, old, aged between, aged about, aged around"),
    age_limits=phrases("under, over, below, above"),
    minors=words("children child boys girls minors kids people those residents women men adults"),
    numbered=words("brigade division battalion regiment corps squadron army platoon company"),
    numbering=words(
        """
        no no. number unit article resolution flight route highway school brigade division
        battalion regiment squadron chapter page channel room building block gate checkpoint camp
        hospital sector zone district ward platform
        """
    ),
    unclear=(
        *words(
            """
        twice thrice double triple twofold threefold tenfold quadruple most majority minority
        average median every each per than least fewest fewer less minimum maximum than including
        excluding except besides half halves hundredfold either unless not nor hardly barely
        scarcely single-digit double-digit double-figure figures digits
        multiples tops plus minus times nought none bulk rest remainder remaining
        percentage proportion fraction share much any nth umpteen ones twos threes zeros
        dozens-strong fold
        """
        ),
        *phrases("""
        as many, as few, all but, something, -something, -some, everybody, everyone, anyone, if
        not, as well as, along with, together with, plus, up to
        """),
    ),
    suffixes={
        "k": 1000,
        "m": 10**6,
        "mn": 10**6,
        "mln": 10**6,
        "bn": 10**9,
        "b": 10**9,
        "mio": 10**6,
    },
    ordinal_suffixes=phrases("st, nd, rd, th"),
    is_strict=True,
)

_TWENTY_TO_NINETY_NINE = tuple(f"{ten}-{unit}" for ten in _TENS for unit in list(_UNITS)[:9])

COVERAGE = CoverageWords(
    additional=phrases("another, other, others, more, further, additional, also"),
    no_addition=phrases("more than, or more, no more, and more, once more, each other"),
    harm=phrases("""
        killed, died, dead, deaths, wounded, injured, casualties, fatalities, perished, murdered,
        massacred, slaughtered, butchered, lynched, assassinated, martyred, slain, displaced,
        expelled, fled, maimed, tortured, raped, beheaded, starved to death, shot dead, shot to
        death, gunned down, beaten to death, burned to death, burnt to death, burned alive, burnt
        alive, stabbed to death, crushed to death, bled to death, left for dead, buried alive,
        blown to pieces, blown apart, death toll, went missing, gone missing, feared dead, missing
        people, missing persons, passed away, succumbed to, suffocated, taken hostage, held
        hostage, taken prisoner, taken captive, held captive, forced to flee, driven from their
        homes, left homeless, made homeless, claim the lives, claimed the lives, claiming the
        lives, cost the lives, costing the lives, lives have been lost, lives lost, lives were
        lost, loss of life, lost her life, lost his life, lost their lives, took the lives
        """),
    harm_with_number=phrases("""
        kill, kills, killing, die, dies, dying, death, fatality, casualty, injury, injuries,
        injure, injures, injuring, wound, wounds, wounding, murder, murders, murdering, massacre,
        victim, victims, lives, life, souls, bodies, body, corpses, corpse, remains, executed,
        execution, drowned, drowning, missing, captured, captive, captives, hostage, hostages,
        prisoner, prisoners, abducted, abducting, kidnapped, kidnapping, detained, seized,
        disappeared, vanished, displacing, uprooted, evacuated, homeless, flee, flees, fleeing,
        refugees, expel, expels, expelling, deported, hurt, hospitalized, hospitalised, buried,
        lost, losses, toll, shot, stabbed, hanged, gassed, poisoned, starved, starving,
        neutralised, neutralized, eliminated, liquidated, martyrs, martyrdom, unaccounted for,
        trapped, rescued, freed, released, of them, of those, of whom, treated for, taken to
        hospital, lost a leg, lost an arm, lost limbs, amputated, slay, slaying, fallen
        """),
    look_alikes=phrases("""
        shot down, shooting down, shot at, shot in the arm, killed off, killed time, dead end, dead
        heat, dead of night, died down, died out, dies down, missing link, lost ground, lost
        control, lost contact, lost power, lost sight, lost touch, lost the war, lost track, lost
        interest, lost his job, lost her job, lost their jobs, lost their homes, lost his temper,
        lost in translation, lives in, lives on, lives near, lives with, lives at, body of law,
        body of water, bodies of water, governing body, un body, body language, body armour, body
        armor, injury time, murder charge, murder charges, murder trial, murder case, death row,
        death penalty, death sentence, death sentences, life sentence, life sentences, life in
        prison, remains to be seen, remains in, remains a, remains the, remains of the day,
        poverty-stricken, war-torn, seized power, seized control, seized on, released a, released
        the, released an, released its, released his, released her, released their, buried the
        hatchet, fallen silent, fallen into, fallen to, fallen short, so to speak, that
        is to say, needless to say, added value, told apart, added to
        """),
    speech=phrases("""
        said, says, say, saying, told, tells, tell, telling, spoke of, spoke about, reported,
        claims, reject, reiterate, insist, allege, urge, admit, acknowledge, confirm, declare,
        announce, argue, emphasise, emphasize, blame, accusations, allegations, demand that, ask
        for, ask that, according to, stated, states that, stating, announced, announces,
        announcing, declared, declares, declaring, proclaimed, tweeted, commented, remarked,
        remarks that, added, adds, claimed, claiming, alleged, alleges, alleging, allegedly,
        purportedly, reportedly, accused, accuses, accuse, accusing, blamed, blames, blaming,
        denied, denies, deny, denying, refuted, refutes, rejected, rejects, rejecting, dismissed,
        condemned, condemns, condemn, condemning, denounced, denounces, denouncing, deplored,
        criticised, criticized, slammed, decried, lamented, warned, warns, warning that, cautioned,
        threatened, threatens, vowed, vows, vowing, pledged, pledges, pledging, promised, promises
        to, promises that, agreed that, agreed to, agrees that, demanded, demanding that, urged,
        urges, urging, called on, called for, call on, call for, demands, calls on, calls for,
        calling for, calling on, called upon, appealed, asked, asks, asking, requested, explained,
        explains, explaining, insisted, insists, insisting, stressed, stresses, stressing,
        emphasised, emphasises, emphasized, emphasizes, underlined, underlines, underscored,
        reiterated, reiterates, assured, assures, affirmed, affirms, confirmed, confirms,
        confirming, acknowledged, acknowledges, admitted, admits, conceded, concedes, argued,
        argues, arguing, suggested that, suggests that, suggesting that, replied, replies,
        responded that, answered that, reports that, reporting that, quoted, quoting, cited as,
        citing, informed, notified, noted that, notes that, noting that, wrote, writes, writing
        that, testified, recounted, hinted, expects that, expected to, hopes that, hoped that,
        hopes to, predicted, predicts, expressed, expresses, voiced, characterised, characterises,
        characterized, characterizes, described, describes, indicated that, indicates that, showed
        that, shows that, apologised, apologized, became clear, becomes clear, made clear, makes
        clear, welcomed, boasted, complained, complains
        """),
    numbers=(
        *_UNITS,
        *_TENS,
        *_TWENTY_TO_NINETY_NINE,
        *NUMBERS.magnitudes,
        *words("dozen hundred thousand million billion lakh crore several"),
    ),
    people=words("people civilians soldiers troops men women children"),
    things=(*NUMBERS.units, *NUMBERS.years, *words("percent per local")),
    months=tuple(month.capitalize() for month in NUMBERS.months),
    links=words(
        """
        a an and as at been being by for from had has have in inside is near of off on or out over
        the to under was were when while who with after before
        """
    ),
    new_clause=words("after although because before but when where whereas while"),
    no_count_before=words("aged age article number no flight unit resolution route"),
    one="one",
    no_one_before=words("no this that the any every each which another not"),
    no_one_after=words("of another more day way via side hand"),
    year_before=words("before during in since until"),
    aged=words("aged age ages"),
    persons=words("he she who i"),
    being=words("is was turned"),
    nobody=words("nobody no-one none"),
    none=words("none neither nobody"),
    of=("of",),
    no=("no",),
    no_denial=words("less fewer more longer doubt later"),
    auxiliaries=words(
        """
        is are was were be been being get gets got has have had having will would may might could
        also reportedly
        """
    ),
    passive=words("is are was were be been being get gets got"),
    prepositions=words(
        """
        at by for from in inside into near of off on out outside over to under who whom with within
        """
    ),
    also_of_places=words("displaced expelled dead deaths casualties fatalities"),
    transitive=words("killed murdered slaughtered massacred wounded injured"),
    points=words("ago later earlier before after and"),
)

COMPARISON = ComparisonWords(
    several=NUMBERS.several,
    earlier=phrases("earlier, previous, previously, up from, down from, initial, initially"),
    no_order=phrases(
        """
        earlier in the day, earlier that day, earlier today, earlier this week, earlier this month,
        earlier this year
        """
    ),
)

SUGGESTIONS = SuggestionWords(
    outcomes={
        "injured": phrases("""
            wounded, injured, injuries, injury, injure, injures, injuring, wound, wounds, wounding,
            hurt, maimed, hospitalized, hospitalised, treated for, taken to hospital, lost a leg,
            lost an arm, lost limbs, amputated, tortured
            """),
        "killed_or_injured": words("casualties casualty losses lost victims victim"),
        "missing": phrases("""
            missing, went missing, gone missing, missing people, missing persons, unaccounted for,
            disappeared, vanished, trapped, buried
            """),
        "abducted": phrases("""
            abducted, abducting, kidnapped, kidnapping, hostage, hostages, taken hostage,
            held hostage
            """),
        "captured": phrases("""
            captured, captive, captives, prisoner, prisoners, taken prisoner, taken captive,
            held captive, detained, seized
            """),
        "displaced": phrases("""
            displaced, expelled, fled, forced to flee, driven from their homes, left homeless,
            made homeless, displacing, uprooted, evacuated, homeless, flee, flees, fleeing,
            refugees, expel, expels, expelling, deported
            """),
        "sexual_violence": ("raped",),
        "deprived": words("starved starving"),
        "released": words("rescued freed released"),
    },
    further_harm={
        "killed": phrases("""
            claimed the life, took the life, cost the life, wiped out, were no more, cut down,
            did not survive, did not make it, found dead, bled out, put to death, died of,
            fell in, had fallen, have fallen, met his death, met her death, met their deaths,
            gave his life, gave their lives, laid down their lives, went down with,
            washed ashore, washed up, taken to the morgue, beaten to death, hacked to death,
            torn apart, burned, incinerated, mown down, mowed down, succumbed, thrown overboard,
            thrown into, thrown from, thrown over, did not live, choked to death, were crushed,
            was crushed, fell dead, dropped dead, passed away, drowned in, executed by, fell
            """),
        "injured": phrases("""
            critical condition, serious condition, grave condition, stable condition,
            in hospital, in intensive care, in surgery, lost limbs, lost a leg, lost an arm,
            lost an eye, lost a hand, flown to hospital, rushed to hospital, brought to hospital,
            taken to hospitals, taken to a hospital, taken to the hospital, admitted to hospital,
            being treated, treated in, treated at, receiving treatment, needed treatment,
            broken bones, broken limbs, suffered burns, with burns, suffered injuries,
            suffered wounds, sustained injuries, beaten, mutilated, disfigured, concussed,
            scarred, burnt, fighting for his life, fighting for her life,
            fighting for their lives, in critical, in serious, blinded, was burned, were burned,
            lost a foot, lost his leg, lost her leg, knocked unconscious, treated by,
            being treated for, nursing, sewn up, operated on
            """),
        "killed_or_injured": phrases("""
            hit, struck, harmed, loss of, losses of, fired on, fired at, opened fire on
            """),
        "missing": phrases("""
            under the rubble, under rubble, beneath the rubble, in the rubble, did not return,
            has not returned, have not returned, never returned, have not been found,
            has not been found, not been seen, not been heard from, lost at sea, still lost,
            no trace of, whereabouts of, still being searched for, not been located, not located,
            never came, never came back, never came home, did not come back, did not come home,
            been heard of, been heard from, searching for, looking for, search for, unaccounted,
            not found, yet to be found, could not be found
            """),
        "abducted": phrases("""
            in captivity, being held, still held, are held, is held, held by, were held,
            was held, taken away, led away, dragged away, dragged off, dragged from, carried off,
            marched off, driven away, driven off, snatched, bundled into, held for ransom,
            taken from, whisked away, forced into, led off, taken hostage by, dragged out,
            holding, taken captive, carried away, frogmarched, seized from,
            pulled from their homes, taken into the
            """),
        "captured": phrases("""
            surrendered, laid down their arms, in custody, arrested, arresting, rounded up,
            interned, imprisoned, jailed, gave themselves up, taken into custody, behind bars,
            taken prisoner by, taken in, locked up, caught
            """),
        "displaced": phrases("""
            forced from their homes, driven out, left their homes, leave their homes, forced out,
            abandoned their homes, on the move, sought shelter, sought refuge, have left,
            had left, has left, are leaving, crossed the border, crossed into, driven from,
            forced to leave, ordered to leave, ordered out, told to leave, took refuge,
            taken refuge, took shelter, moved out, relocated, resettled, escaped to, sheltering,
            in tents, in camps, walked out of, packed up, had to leave, have had to leave,
            driven off their land, burned out of, lost their homes, turned out of, fleeing to,
            spent the night in, living in schools, living in tents, sleeping in the open,
            abandon the, had to abandon, moved to a camp, been moved, were moved to, left behind,
            taken to safety, brought to safety, camped, camping
            """),
        "deprived": phrases("""
            malnourished, famished, starve, going hungry, went hungry, without food, without water,
            without bread, out of food, short of food, hungry, malnutrition
            """),
        "released": phrases("""
            let go, set free, found alive, sent home, returned home, swapped, exchanged,
            handed over, handed back, pulled alive, pulled out alive, dug out alive, dug out,
            pulled from, picked up, plucked from, allowed out, allowed to leave, allowed to go,
            walked free, came home, come home, come back, came back, back home, due home,
            reunited, brought home, repatriated, pulled to safety, saved, release of,
            been returned, were returned, was returned, walked out, turned loose, freed by,
            found safe, brought back, got out alive
            """),
    },
    harm_nouns=phrases("death toll, loss of life, loss of, losses of, release of, search for")
    + words(
        """
        toll death deaths fatalities casualties losses lives bodies body killing murder injuries
        execution kidnapping massacre loss corpses remains dead wounded injured killed missing
        displaced victims
        """
    ),
    harm_of_number=words(
        """
        dead wounded injured missing displaced deaths fatalities casualties injuries hostages
        hostage prisoners captives refugees victims bodies corpses lives martyrs homeless
        prisoner victim body death injury fatality captive hurt killed
        """
    ),
    active=phrases("""
        killed, kill, kills, killing, wounded, wounding, wound, wounds, injured, injuring, injure,
        injures, murdered, murdering, murder, massacred, slaughtered, shot, shot dead, executed,
        captured, seized, abducted, abducting, kidnapped, kidnapping, detained, displaced,
        displacing, expelled, expelling, expel, uprooted, evacuated, hurt, freed, released, rescued,
        claimed the lives, claiming the lives, claim the lives, took the lives, cost the lives,
        costing the lives, assassinated, beheaded, raped, deported, lynched, gunned down, lost,
        buried, stabbed, butchered, slain, maimed, hit, struck, wiped out, cut down, put to death,
        claimed the life, took the life, cost the life, let go, set free, swapped, being held,
        driven out, forced out, arrested, arresting, rounded up, dragged off, dragged away,
        led away, taken away, snatched, exchanged, handed over, handed back, picked up,
        plucked from, dug out, saved, beaten, burned, mown down, mowed down, carried off,
        imprisoned, repatriated, holding, searching for, looking for, fired on, fired at,
        opened fire on, led off, caught, dragged out, carried away,
        brought back, executing
        """),
    statuses={
        "medic": words(
            """
            medic medics doctor doctors nurse nurses paramedic paramedics surgeon surgeons
            physician physicians
            """
        ),
        "aid_worker": phrases("aid worker, aid workers, relief workers, relief worker"),
        "journalist": words(
            "journalist journalists reporter reporters cameraman cameramen photographer"
        ),
        "official": words("mayor mayors minister ministers governor councillor councillors judge"),
        "civilian": words(
            """
            civilian civilians teacher teachers farmer farmers driver drivers miner miners worker
            workers fisherman fishermen baker bakers shepherd shepherds trader traders shopkeeper
            merchant lawyer lawyers engineer engineers priest priests firefighter firefighters
            welder electrician plumber mechanic mechanics cook cooks butcher tailor carpenter mason
            clerk clerks cleaner cleaners cashier waiter waitress barber musician singer poet writer
            librarian postman beekeeper gardener gardeners gravedigger caretaker janitor vet
            ploughman miller weaver potter pharmacist
            chemist dentist midwife bishop imam monk monks nun nuns pastor rabbi fishermen herder
            herders labourer labourers laborer laborers docker dockers stevedore stevedores
            ferryman boatman technician technicians repairman lineman linemen porter porters
            interpreter translator guide accountant banker innkeeper restaurateur smith
            """
        ),
        "peacekeeper": words("peacekeeper peacekeepers"),
        "military": words(
            """
            soldier soldiers troops troop serviceman servicemen servicewoman servicewomen sailor
            sailors marine marines sergeant lieutenant captain colonel general conscript conscripts
            recruit recruits paratrooper paratroopers infantry airman airmen
            """
        ),
        "fighter": words(
            """
            militant militants fighter fighters rebel rebels insurgent insurgents gunman gunmen
            terrorist terrorists militiaman militiamen guerrilla guerrillas jihadist jihadists
            """
        ),
        "combatant": words("combatant combatants"),
        "police": phrases("policeman, policemen, policewoman, police, police officer, policewomen"),
        "prisoner": words("prisoner prisoners captive captives hostage hostages detainees inmates"),
    },
    ages={
        "child": words(
            """
            child children boy boys girl girls schoolgirl schoolboy pupil baby babies infant infants
            toddler toddlers minor minors teenager teenagers kid kids schoolchildren schoolgirls
            schoolboys
            """
        ),
        "elderly": words("elderly"),
        "adult": words(
            """
            man men woman women mother mothers father fathers widow widows adult adults grandmother
            grandfather
            """
        ),
    },
    sexes={
        "female": words(
            """
            woman women girl girls mother mothers widow widows daughter daughters sister sisters
            wife wives schoolgirls grandmother servicewoman servicewomen policewoman policewomen
            """
        ),
        "male": words(
            """
            man men boy boys father fathers son sons brother brothers husband husbands schoolboys
            grandfather widower
            """
        ),
    },
    people=words(
        """
        people persons person resident residents villager villagers citizen citizens national
        nationals passenger passengers patient patients pupil pupils student students relative
        relatives member members officer officers staff personnel crew protester protesters
        demonstrators worshippers pilgrims survivors others guards guard migrants families family
        commander commanders official officials settlers refugees wife husband brother brothers
        sister sisters daughter daughters son sons parents aunt uncle cousin nephew colleagues
        colleague governor president leader leaders pilot pilots bystander bystanders couple couples
        survivor skipper fishermen labourers laborers neighbours neighbors neighbour neighbor
        deserters volunteers volunteer hunters herders herder vendors vendor shoppers commuters
        grandchildren grandchild grandson granddaughter twins orphans nun nuns monk monks imam
        preacher assistant comrade comrades companion companions partner friend friends
        orderly deputy apprentice helper lodger tenant guest guests child-minder godfather pensioner
        pensioners invalid orphan newborn bride groom fiancee spokesman chief headman elder elders
        """
    ),
    causes={
        "landmine": phrases("landmine, landmines, mine blast, mine explosion, mines, a mine"),
        "vehicle_bomb": phrases("car bomb, truck bomb, car bombs, car bombing, vehicle bomb"),
        "suicide_bomb": phrases("suicide bomber, suicide bombing, suicide attack, suicide bombers"),
        "ied": phrases("roadside bomb, improvised explosive device, booby trap, booby-trapped"),
        "drone_strike": phrases("drone strike, drone strikes, drone attack, drone, drones, UAV"),
        "air_strike": phrases("""
            air strike, air strikes, airstrike, airstrikes, air raid, air raids, warplanes, jets,
            bombing raid, aerial bombardment, bombing
            """),
        "artillery": phrases("""
            artillery, shelling, shelled, shell, shells, mortar, mortars, rocket, rockets
            """),
        "missile": words("missile missiles"),
        "explosive": words("explosion explosions blast blasts bomb bombs strike strikes grenade"),
        "small_arms": phrases("gunfire, shot, shooting, sniper, snipers, gunmen, small arms"),
        "stabbing": words("stabbed stabbing"),
        "beheading": words("beheaded"),
        "execution": words("executed execution executions"),
        "fire": phrases("a fire, the fire, blaze, burned to death, burned alive"),
        "collapse": phrases("rubble, collapsed, collapse, debris"),
        "drowning": words("drowned drowning"),
        "fighting": words("clashes clash fighting battle battles firefight"),
    },
    determiners=words(
        """
        the another further additional other only its their his her our those these all some just
        a an remaining
        """
    ),
    stops=words(
        """
        in on at from among amongst by with near inside outside during after before since who whom
        whose which that when where while were was are is have has had for to into through across
        under over between about against within throughout around above behind beneath beyond below
        without via per following including aboard as because if than alone alike still being
        include includes included number numbered remaining be been will would may might could can
        also later died die dies dying perished and
        or but nor not it he she they so then fled flee flees reportedly both already each there
        this yesterday today told said say says including hiding living sheltering trying waiting
        travelling working overnight while amid early late
        """
    ),
    including=phrases(
        """
        including, among them, among whom, of whom, of them, including at least, among the dead,
        as well as, most of them, all of them, some of them, mostly, among those killed,
        among the dead were, among the dead was, among them were, among them was,
        among those killed were
        """
    ),
    ands=phrases("""
        and, or, as well as, and also, along with, plus, together with, while, but, up from,
        down from
        """),
    singles=phrases("another, one more, the other"),
    some=phrases(
        """
            most, most of them, many of them, some of them, all of them, some, others, many,
            the rest, the remainder, all, several others, the others
            """
    ),
    possessives=words("his her their its whose my our"),
    linking=words(
        """
        later to remain remained remains reported then still now all both believed known said
        """
    ),
    them=words("them whom those these which us"),
    between=words(
        """
        of to at is was stood stands rose risen has had have reached by from hit climbed climbs
        jumped passed topped exceeded surpassed now as around the a been put figure number count
        least more than nearly about over some up between fewer in war attack were numbered included
        include includes numbering are
        """
    ),
    rising=words(
        """
        rose risen rises rising climbed climbs climbing jumped increased grew grown stood stands
        reached reaches passed topped exceeded surpassed revised raised put puts fell lowered
        """
    ),
    figures=words(
        """
        claim claims claimed count counts counted counting report reported reports estimate
        estimates estimated said says say figure figures number toll total tally gave give gives
        put puts lists listed registered recorded confirmed spoke speaks mentioned cites cited
        arrive arrives
        """
    ),
    presumed=words("feared believed presumed"),
    place_nouns={
        "city": words("town city village hamlet settlement capital municipality suburb"),
        "district": words("district province region county governorate area"),
        "country": words("country republic kingdom"),
        "camp": words("camp"),
        "river": words("river canal"),
        "lake": words("lake reservoir"),
        "sea": words("sea strait bay"),
        "road": words("road highway corridor street"),
        "border": words("border frontier"),
        "building": words("hospital school church mosque market prison bridge"),
        "facility": words("base airport port plant airfield"),
        "disputed_region": words("enclave territory"),
    },
    place_articles=words("the this that"),
    third_person=words("he she they it"),
    according=phrases("according to, in the words of, as reported by, per"),
    that=("that", "to", "whether", "if", "how", "why"),
    cues=words(
        """
        believe believes believed think thinks thought hope hopes hoped fear fears feared expect
        expects expected called calls describe considers considered finds found shows showed
        estimate estimates estimated wondered refused refuses recalled joked praised credited cites
        learned concluded concludes predicted quipped opined maintained maintains asserts
        asserted contends contended proposed proposes recommended vow signaled signalled noted
        notes note ruled ordered asserting declined suggest suggested suggests responded answered
        defended mocked mentioned revealed reveals stated charged disputed disputes indicated
        indicates observed observes repeated questioned emphasizes advised vouched
        complained welcomed backed hailed thanked apologized posted speculated reasoned
        endorsed promising continued ridiculed attacked
        """
    ),
    counting=words("put puts counted counts registered recorded lists listed"),
    no_cues=words("accusations allegations reportedly allegedly purportedly"),
    inner_adverbs=words(
        """
        not also never later since repeatedly reportedly again already then once always further
        still recently previously separately n't publicly initially often even just only
        subsequently first
        """
    ),
    pronouns=words("he she they it we i you who"),
    relatives=words("who which that"),
    source_stops=words(
        """
        that and but while when as if because although though whereas so then what how why after
        before since until on in at monday tuesday wednesday thursday friday saturday sunday
        yesterday today earlier later meanwhile however also or
        """
    ),
    acts={
        "accuse": words("accused accuses accuse accusing blamed blames blame blaming"),
        "condemn": words(
            """
            condemned condemns condemn condemning denounced denounces denouncing deplored
            decried slammed criticised criticized
            """
        ),
        "demand": phrases("""
            demanded, demands, demanding, urged, urges, urging, called on, called for, call on,
            call for, calls on, calls for, calling for, calling on, called upon, appealed, asked,
            asks, asking, requested, asked for, ordered
            """),
        "deny": words(
            """
            denied denies deny denying refuted refutes rejected rejects rejecting reject dismissed
            refused refuses declined
            """
        ),
        "confirm": words(
            """
            confirmed confirms confirming confirm acknowledged acknowledges acknowledge admitted
            admits admit conceded concedes
            """
        ),
        "commit": words(
            """
            vowed vows vowing pledged pledges pledging promised threatened threatens agreed
            """
        ),
        "announce": words("announced announces announcing announce declared declares declaring"),
        "predict": words(
            "expects expected hopes hoped hope fear fears feared predicted predicts warning"
        ),
        "evaluate": words("praised welcomed lamented apologised apologized"),
    },
    supporting=words(
        """
        shows showed show notes noted noting explains explained explaining reveals revealed admits
        admitted confirms confirmed confirming confirm
        """
    ),
    distancing=words("claims claimed claiming alleges alleged alleging allegedly purportedly"),
)
