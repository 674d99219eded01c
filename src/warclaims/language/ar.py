"""Arabic: number words, words of harm and of speech."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from warclaims.language.comparison_words import ComparisonWords
from warclaims.language.coverage_words import CoverageWords, prefixed
from warclaims.language.lists import meaning, phrases
from warclaims.language.nouns import common, conjuncts
from warclaims.language.number_words import (
    APPROXIMATE,
    AT_LEAST,
    AT_MOST,
    LESS_THAN,
    MORE_THAN,
    UNCLEAR,
    NumberWords,
)
from warclaims.language.suggestion_words import SuggestionWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.language.number_words import NounNumber


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(_normal, text.split()))


_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ALIF = str.maketrans("أإآٱى", "ااااي")


def _normal(word: str) -> str:
    """Without vowel signs; one alif."""
    return _MARKS.sub("", word).translate(_ALIF)


_CARDINALS = {
    _normal(word): value
    for value, forms in {
        1: "واحد واحدة احد احدى واحدا احدهم احداهن احداهم احدها",
        2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
        3: "ثلاثة ثلاث",
        4: "اربعة اربع",
        5: "خمسة خمس",
        6: "ستة ست",
        7: "سبعة سبع",
        8: "ثمانية ثماني ثمان",
        9: "تسعة تسع",
        10: "عشرة عشر",
        20: "عشرون عشرين",
        30: "ثلاثون ثلاثين",
        40: "اربعون اربعين",
        50: "خمسون خمسين",
        60: "ستون ستين",
        70: "سبعون سبعين",
        80: "ثمانون ثمانين",
        90: "تسعون تسعين",
        100: "مئة مائة",
        200: "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي",
        300: "ثلاثمئة ثلاثمائة",
        400: "اربعمئة اربعمائة",
        500: "خمسمئة خمسمائة",
        600: "ستمئة ستمائة",
        700: "سبعمئة سبعمائة",
        800: "ثمانمئة ثمانمائة ثمانيمئة",
        900: "تسعمئة تسعمائة",
        2000: "الفان الفين الفي",
        2_000_000: "مليونان مليونين مليوني",
    }.items()
    for word in forms.split()
}
_SCALES = {
    **dict.fromkeys(_words("مئة مائة"), 100),
    **dict.fromkeys(_words("ألف ألفا آلاف"), 1000),
    **dict.fromkeys(_words("مليون مليونا ملايين"), 10**6),
    **dict.fromkeys(_words("مليار مليارا مليارات"), 10**9),
}
_MAGNITUDES = {
    _normal("عشرات"): 10,
    _normal("مئات"): 100,
    _normal("مئآت"): 100,
    _normal("آلاف"): 1000,
    _normal("ألوف"): 1000,
    _normal("ملايين"): 10**6,
}
_HALF = _words("نصف نصفهم نصفها")

_ONE = frozenset(
    _words(
        """
        طفل طفلة رجل امرأة شخص جندي ضابط مدني مقاتل مسلح عنصر شرطي صحفي صحافي صحفية صحافية مصور
        طبيب طبيبة ممرض ممرضة مسعف طالب طالبة معلم معلمة مزارع عامل سائق طيار قائد مواطن مواطنة
        لاجئ لاجئة نازح أسير رهينة معتقل قتيل جريح مصاب شهيد شهيدة ضحية فتى فتاة شاب شابة صبي رضيع
        رضيعة مسن مسنة راع صياد رئيس وزير نائب دبلوماسي متطوع ناشط حارس مهندس إمام كاهن قاض محام
        متظاهر سجين مفقود مختطف أب أم ابن ابنة أخ أخت شقيق شقيقة والد والدة سيدة مراسل مراسلة زوج
        زوجة قاصر مراهق
        """
    )
)
_MANY = frozenset(
    _words(
        """
        أطفال رجال نساء أشخاص جنود ضباط مدنيون مقاتلون مقاتلين مسلحون عناصر صحفيون صحافيون
        أطباء مسعفون طلاب طالبات تلاميذ معلمون مزارعون عمال سائقون مواطنون لاجئون لاجئين نازحون
        نازحين أسرى رهائن معتقلون قتلى جرحى مصابون شهداء ضحايا فتيات شبان شباب صبية رضع مسنون
        رعاة صيادون ركاب سكان أهالي ناس قصر أبناء بنات أقارب جثث جثامين خسائر إصابات وفيات
        متطوعون ناشطون حراس مهندسون متظاهرون سجناء مفقودون مفقودين مختطفون أفراد نسوة آخرون آخرين
        مصلون مسافرون طواقم فلسطينيون مدنيات معلمات ممرضات لاجئات أرواح
        """
    )
)
_AFTER_NUMBER = frozenset(_words("قتيلا جريحا مصابا مفقودا مدنيين جنديا"))
_STEMS = (
    "طفل رجل شخص جندي ضابط مقاتل مسلح عنصر شرطي صحفي صحافي مصور طبيب ممرض مسعف طالب معلم سائق "
    "قتيل جريح شهيد قائد اسير شاب صبي رضيع مزارع عامل مسن طيار راكب متظاهر لاجئ"
)
_SOUND_PLURAL = frozenset(
    _words("مقاتل مسلح صحفي صحافي مصور ممرض مسعف معلم سائق مزارع مسن متظاهر لاجئ شرطي")
)
"""Their plural in -in looks like the dual."""

_DUALS = {
    *(f"{stem}ان" for stem in _STEMS.split()),
    *(f"{stem}ين" for stem in _STEMS.split() if stem not in _SOUND_PLURAL),
    *_words(
        """
        مدنيان امرأتان امرأتين طفلتان طفلتين فتاتان فتاتين شقيقان شقيقين شقيقتان شقيقتين طالبتان
        طالبتين ضحيتان ضحيتين صحفيتان صحفيتين معلمتان معلمتين رهينتان رهينتين شهيدتان
        سيدتان سيدتين
        """
    ),
}
_COLLECTIVES = _words(
    "عائلة أسرة عائلته أسرته عائلتها أسرتها مجموعة طاقم جيش شعب دورية كتيبة فرقة قوة قبيلة "
    "سكان أهالي جمهور حشد وحدة كوادر قوات"
)
_CUT = frozenset(
    _words(
        "في من على إلى عن بين خلال منذ قرب جراء إثر داخل خارج الذين الذي التي كانوا كان بعد قبل مع "
        "ضمن لدى حول برصاص بنيران بقصف بغارة"
    )
)
_NOUNS = frozenset((*_ONE, *_MANY, *_AFTER_NUMBER, *_DUALS, *_COLLECTIVES))
_KNOWN = _NOUNS.union(
    _CARDINALS, _SCALES, _MAGNITUDES, _HALF, _words("ثلث ربع ثلثا ثلثي بضعة بضع عدة")
)
_DAYS = frozenset(_words("الأحد الاثنين الإثنين الاثنان"))


def _split(word: str) -> Sequence[str]:
    """Take conjunction, preposition, article and owner off a word."""
    plain = _normal(word)
    if plain in _KNOWN or plain in _DAYS:
        return (plain,)
    bare = _owned(plain) or plain.removeprefix("ال")
    if bare in _KNOWN:
        return ("ال", bare) if plain.startswith("ال") else (bare,)
    particle, rest = plain[:1], plain[1:]
    if particle in _PARTICLES and len(rest) > 2:
        bare = _owned(rest) or rest.removeprefix("ال")
        if bare in _KNOWN:
            return (particle, "ال", bare) if rest.startswith("ال") else (particle, bare)
        if particle == "و" and plain not in _NO_CONJUNCTION:
            return (particle, rest)
    return (word,)


_PARTICLES = frozenset("وبلفك")


def _owned(word: str) -> str:
    """The noun in *his wife*, *their sons*; empty if the word is none."""
    for ending in ("هما", "هم", "ها", "ه"):
        stem = word.removesuffix(ending)
        if stem != word:
            if stem in _NOUNS:
                return stem
            if stem.endswith("ت") and f"{stem[:-1]}ة" in _NOUNS:
                return f"{stem[:-1]}ة"
    return ""


_NO_CONJUNCTION = frozenset(
    _words(
        """
        وزير وزارة والد والدة والدته والدها والده ولد وحدة وحدات وكالة وسط وقوع وصول وفاة وفيات وفق
        واحد واحدة واحدا وقت وطن وظيفة واسعة وسائل ورشة وادي وراء وضع ولاية واشنطن وجود وجيه وليد
        """
    )
)


def _noun_number(said: Sequence[str], codes: str, is_counted: bool = False) -> NounNumber | None:
    """One or many: from known nouns; a dual is a number by itself."""
    parts = conjuncts([_normal(word) for word in said], codes.replace("D", "x"), _CUT)
    return common(_part_number(*part[0], is_counted) for part in parts)


def _part_number(word: str, code: str, is_counted: bool) -> NounNumber | None:
    is_plural = word in _MANY or (word.endswith("ون") and len(word) > 4)
    if is_counted:
        is_definite_plural = word.startswith("ال") and word.endswith("ين")
        is_plural = is_plural or word in _AFTER_NUMBER or is_definite_plural
    if code == "C" or is_plural:
        return "many"
    return "one" if word in _ONE else None


_NEARLY = (APPROXIMATE, LESS_THAN)

NUMBERS = NumberWords(
    cardinals=_CARDINALS,
    scales=_SCALES,
    noun_number=_noun_number,
    leading=_words(
        """
        إصابة استشهاد استشهد أصيب الجرحى القتلى جرحى حصيلة سقوط ضحايا عدد قتل قتلى مقتل وفاة
        """
    ),
    number_after_noun=True,
    bare_scales={
        **dict.fromkeys(_words("مليون مليار"), APPROXIMATE),
        **dict.fromkeys(_words("ألف"), UNCLEAR),
    },
    magnitudes=_MAGNITUDES,
    groups={
        **dict.fromkeys(_DUALS, 2),
        **dict.fromkeys(("كلا", "كلتا", "زوجان", "زوج من"), 2),
        "دزينة": 12,
    },
    plural_groups=_words("عائلات أسر مجموعات كتائب ألوية طواقم"),
    parents=_words("أم أب والدة والد"),
    others=_words("آخرون آخرين آخر أخرى"),
    joiner="و",
    joins_above=100,
    units_first=True,
    teens=("عشر", "عشرة"),
    and_a_half=phrases("و نصف ال مليون, و نصف مليون, و نصف ال الف, و نصف ال مليار, و نصف"),
    half=_HALF,
    denominators={"ثلث": 3, "ربع": 4, "ارباع": 4, "اثلاث": 3, "اخماس": 5},
    shares={
        **dict.fromkeys(("ثلثا", "ثلثي", "ثلثان", "ثلثين"), Fraction(2, 3)),
    },
    maybe_fractions=phrases("خمس, سبع, تسع, عشر, ثمان"),
    shares_take_genitive=True,
    percent=phrases("""
        %, ٪, بالمئة, بالمائة, في المئة, في المائة, ب ال مئة, ب ال مائة, في ال مئة, في ال مائة
        """),
    before={
        **meaning(
            (AT_LEAST,),
            """
              ما لا يقل عن, لا يقل عن, لا تقل عن, لا يقل عددهم عن, بما لا يقل عن, ≥
              """,
        ),
        **meaning(
            (MORE_THAN,),
            """
              أكثر من, اكثر من, ما يزيد على, ما يزيد عن, يزيد على, يزيد عن, تزيد على, تزيد عن,
              أزيد من, فوق, تجاوز, تجاوزت, يتجاوز, تتجاوز, ما يفوق, يفوق, تفوق, >
              """,
        ),
        **meaning(
            (AT_MOST,),
            """
              حتى, ما يصل إلى, يصل إلى, لا يزيد على, لا يزيد عن, ما لا يزيد على, ما لا يزيد عن,
              لا يتجاوز, ليس أكثر من, بحد أقصى, ≤
              """,
        ),
        **meaning((LESS_THAN,), "أقل من, دون, <"),
        **meaning(_NEARLY, "قرابة, ما يقارب, يقارب, ما يقرب من, يقرب من, يناهز, ما يناهز"),
        **meaning((APPROXIMATE,), "نحو, حوالي, زهاء, بنحو, بحوالي, ربما, ما يقدر بنحو, ~, ≈"),
    },
    after={
        **meaning((AT_LEAST,), "أو أكثر, فأكثر, فما فوق, أو يزيد, +"),
        **meaning((MORE_THAN, APPROXIMATE), "و نيف, ونيف"),
        **meaning((AT_MOST,), "أو أقل, فأقل"),
    },
    around={
        **meaning((AT_LEAST,), "على الأقل, كحد أدنى, كحد ادنى"),
        **meaning((AT_MOST,), "على الأكثر, كحد أقصى"),
        **meaning((APPROXIMATE,), "تقريبا, على وجه التقريب"),
    },
    adjacent=("+",),
    plain={"نحو": "w", "حتى": "w", "فوق": "w", "دون": "w", "ربما": "w"},
    zero=phrases("""
        لا أحد, لا, صفر, بدون, من دون, لم يقتل أي, لم يصب أي, لم يقتل أحد, لم يصب أحد, دون وقوع,
        لا يوجد, ولا, لم يسقط أي
        """),
    vague={
        _normal("بضعة"): 3,
        _normal("بضع"): 3,
        _normal("عدة"): 3,
        "عدد من": 2,
        "العديد من": 2,
        "كثير من": 2,
        "الكثير من": 2,
        "عدد كبير من": 2,
        "أعداد كبيرة من": 2,
        "عدد غير محدد من": 1,
        "عدد غير معروف من": 1,
        "بعض": 2,
        "مجموعة من": 2,
    },
    fillers=phrases("ما مجموعه, بمجموع, مجموع, فقط, إجمالي, بينهم فقط, بالضبط, عدد"),
    between=phrases("بين, ما بين, يتراوح بين, تراوح بين"),
    range_from=("من",),
    range_to=("إلى", "الى", "حتى"),
    range_or=("أو", "او"),
    ands=("و",),
    definites=phrases("ال, هؤلاء, جميع, كل, هذه, هذا, أولئك"),
    of=phrases("من, ل, من بين, من أصل, من اصل"),
    one_in=("من كل", "من بين كل"),
    cuts=tuple(_CUT),
    collectives=_COLLECTIVES,
    units=(
        *_words(
            """
            ثانية ثوان دقيقة دقائق ساعة ساعات يوم أيام يوما ليلة ليال أسبوع أسابيع أسبوعا شهر أشهر
            شهور شهرا عقد عقود قرن قرون مرة مرات متر أمتار مترا كيلومتر كيلومترات كيلومترا كم ميل
            أميال ميلا طن أطنان طنا دولار دولارا يورو درجة درجات دبابة دبابات طائرة طائرات مسيرة
            مسيرات آلية آليات سيارة سيارات شاحنة شاحنات حافلة حافلات سفينة سفن صاروخ صواريخ صاروخا
            قنبلة قنابل قذيفة قذائف لغم ألغام سلاح بندقية منزل منازل منزلا مبنى مبان مدرسة مدارس
            مستشفى مستشفيات جسر جسور كنيسة كنائس قرية قرى بلدة بلدات مدينة مدن منطقة مناطق محافظة
            محافظات دولة دول بلد بلدان غارة غارات هجوم هجمات هجوما معركة معارك انفجار انفجارات
            قاعدة قواعد جبهة جبهات موقع مواقع مخيم مخيمات جانبين طرفين الجانبين الطرفين
            """
        ),
    ),
    years=_words("سنة سنوات سنين عاما أعوام عام"),
    months=(
        *_words(
            """
            يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر شباط آذار
            نيسان أيار حزيران تموز آب أيلول
            """
        ),
        "كانون الثاني",
        "كانون الأول",
        "تشرين الأول",
        "تشرين الثاني",
    ),
    times=phrases("في, منذ, عام, سنة, خلال, في عام, منذ عام, قبل, بعد, حتى عام"),
    ages=phrases("""
        عمره, عمرها, أعمارهم, يبلغ من العمر, تبلغ من العمر, البالغ من العمر, البالغة من العمر,
        بعمر, في سن
        """),
    numbering=_words("رقم القرار اللواء الكتيبة الفرقة المادة الرحلة الوحدة"),
    unclear=(
        *_words(
            """
        ضعف أضعاف ضعفا معظم أغلب غالبية أغلبية متوسط لكل نسبة بينهم بينها باستثناء عدا سوى
        أقل أكثر لم لن ليس مثنى بعضهم جزء باقي بقية
        """
        ),
        *phrases("بمن فيهم, من بينهم, من ضمنهم, ما بينهم, إضافة إلى, بالإضافة إلى, بين"),
    ),
    suffixes={},
    ordinal_suffixes=(),
    clean=partial(_MARKS.sub, ""),
    normal=_normal,
    split=_split,
)

_AND = ("و", "ف")


def _both(words: str) -> tuple[str, ...]:
    """The words, also with *and*, and with a plain alif as many write."""
    found = prefixed(phrases(words), _AND)
    return tuple(dict.fromkeys((*found, *(word.translate(_PLAIN_ALIF) for word in found))))


_PLAIN_ALIF = str.maketrans("أإآ", "ااا")

COVERAGE = CoverageWords(
    additional=_both("آخر, أخرى, اخرى, آخرين, آخرون, آخران, أيضا"),
    harm=_both("""
        قتل, قتلوا, قُتل, مقتل, قتلى, القتلى, قتيل, قتيلا, قتيلاً, قتيلان, قتيلين, استشهد,
        استشهدوا, استشهاد, شهيد, شهداء, الشهداء, شهيدا, شهيدين, توفي, توفيت, توفوا, لقي حتفه, لقوا
        حتفهم, لقي مصرعه, لقوا مصرعهم, مصرع, أصيب, أصيبت, أصيبوا, إصابة, إصابات, جريح, جرحى,
        الجرحى, جريحا, جُرح, مصابين, مصابون, اغتيل, اغتيال, أعدم, إعدام, نزح, نزحوا, نازح, نازحين,
        النازحين, نازحون, خطف, خطفوا, اختطف, اختطاف, أسر, فقدوا حياتهم, ضحايا, الضحايا, مجزرة, وفاة
        """),
    harm_with_number=_both("""
        ضحية, جثة, جثث, جثامين, أسير, أسرى, الأسرى, رهينة, رهائن, معتقل, معتقلين, اعتقال, اعتقل,
        مفقود, مفقودين, مفقودون, فقدان, فقد, تحييد, القضاء على, تصفية, خسائر, وفيات, لاجئ, لاجئين,
        اللاجئين, هجروا, تهجير, فروا, فر, إجلاء, إنقاذ, إفراج, غرق, تحت الأنقاض, بينهم, منهم, بجروح
        """),
    look_alikes=(_normal("البحر الميت"),),
    speech=_both("""
        قال, قالت, قالوا, يقول, تقول, وفقا ل, بحسب, حسب, أعلن, أعلنت, يعلن, تعلن, صرح, صرحت, أكد,
        أكدت, أكدوا, يؤكد, تؤكد, أضاف, أضافت, ذكر, ذكرت, أفاد, أفادت, أشار, أشارت, أوضح, أوضحت,
        اتهم, اتهمت, يتهم, نفى, نفت, ينفي, أدان, أدانت, ندد, نددت, دعا, دعت, طالب, طالبت, حذر,
        حذرت, هدد, هددت, تعهد, تعهدت, زعم, زعمت, ادعى, ادعت, اعترف, اعترفت, أقر, أقرت, رفض, رفضت,
        كتب, كتبت, أبلغ, لفت, وصف, وصفت, شدد, شددت, نقلت, نقل عن, روى, روت
        """),
    numbers=_both(
        ", ".join(
            (
                *(word for word in _CARDINALS if len(word) > 2 and _CARDINALS[word] != 1),
                "أربعة, أربع, أربعون, أربعين, ألف, ألفا, آلاف, مليون, ملايين",
                "عشرات, مئات, عدة, بضعة",
            )
        )
    ),
    people=_words("شخص شخصا أشخاص مدني مدنيا جندي جنديا امرأة طفل طفلا"),
    things=(*NUMBERS.units, *NUMBERS.years),
    months=NUMBERS.months,
    links=_words("في من على إلى عن بين"),
    new_clause=_words("بعد قبل عندما حيث بينما لكن"),
    no_count_before=_words("رقم المادة القرار"),
    year_before=("في", "منذ", "عام", "خلال"),
    aged=_words("عمره عمرها العمر"),
    none=("أحد", "أي"),
    no=("لا", "لم", "دون", "بدون", "أي"),
)

COMPARISON = ComparisonWords(
    several=NUMBERS.several,
    earlier=("سابق",),
    is_joined=True,
)

SUGGESTIONS = SuggestionWords(
    outcomes={
        "injured": _both("""
            أصيب, أصيبت, أصيبوا, إصابة, إصابات, جريح, جرحى, الجرحى, جريحا, جرح, مصابين, مصابون,
            بجروح
            """),
        "killed_or_injured": _both("ضحايا, الضحايا, ضحية, خسائر"),
        "missing": _both("مفقود, مفقودين, مفقودون, فقدان, فقد, تحت الأنقاض"),
        "abducted": _both("خطف, خطفوا, اختطف, اختطاف, رهينة, رهائن"),
        "captured": _both("أسر, أسير, أسرى, الأسرى, معتقل, معتقلين, اعتقال, اعتقل"),
        "displaced": _both("""
            نزح, نزحوا, نازح, نازحين, النازحين, نازحون, لاجئ, لاجئين, اللاجئين, هجروا, تهجير, فروا,
            فر, إجلاء
            """),
        "released": _both("إنقاذ, إفراج"),
    },
    further_harm={
        "killed": _both("قتلت, استشهدت, أودى بحياة, أودت بحياة, لقيت حتفها, مات, ماتوا"),
        "injured": _both("جرح, جرحت, جرحوا, أصابت"),
        "missing": _both("في عداد المفقودين, فقدوا, عالقين, عالقون"),
        "abducted": _both("خطفت, اختطفت, احتجز, احتجزت, محتجزين"),
        "captured": _both("اعتقلت, أسرت, اعتقلوا"),
        "displaced": _both("نزحت, فرت, غادروا, هرب, هربوا"),
        "released": _both("أفرج, أفرجت, أطلق سراح, أطلقت سراح, أنقذت"),
    },
    harm_nouns=_both("""
        مقتل, استشهاد, إصابة, إصابات, مصرع, اغتيال, وفاة, اختطاف, فقدان, اعتقال, نزوح, جثة, جثث,
        جثامين, القتلى, الجرحى, الضحايا, الشهداء, إجلاء, إنقاذ, تهجير, عدد القتلى
        """),
    harm_of_number=_both("""
        قتيل, قتيلا, قتلى, جريح, جريحا, جرحى, شهيد, شهيدا, شهداء, مصاب, مصابين, نازح, نازحين, أسير,
        أسرى, رهينة, رهائن, مفقود, مفقودين, لاجئ, لاجئين, جثة, جثث
        """),
    active=_both("قتل, خطف, اختطف, أسر, اعتقل"),
    statuses={
        "medic": _both("طبيب, أطباء, مسعف, مسعفين, ممرض, ممرضة, مسعفا, طبيبا"),
        "journalist": _both("صحفي, صحفيين, صحفيا, صحافي, صحافيين"),
        "civilian": _both(
            "مدني, مدنيا, مدنيين, المدنيين, مدنيون, عاملا, عمال, معلم, معلمين, مزارعين"
        ),
        "military": _both("جندي, جنديا, جنود, الجنود, عسكريا, عسكريين, جنديين, ضابط, ضباط"),
        "fighter": _both("مسلح, مسلحا, مسلحين, مقاتل, مقاتلا, مقاتلين, إرهابيا, إرهابيين, متمردا"),
        "police": _both("شرطي, شرطيا, شرطيين, الشرطة"),
        "prisoner": _both("أسير, أسرى, رهينة, رهائن"),
    },
    ages={
        "child": _both("طفل, طفلا, أطفال, طفلة, طفلين, رضيع, رضيعا, الأطفال, قاصر, قاصرين, تلميذا"),
        "elderly": _both("مسن, مسنا, مسنين"),
        "adult": _both("امرأة, نساء, النساء, رجل, رجال, رجلا, سيدة, سيدات, امرأتان, امرأتين"),
    },
    sexes={
        "female": _both("امرأة, نساء, النساء, سيدة, سيدات, طفلة, امرأتان, امرأتين"),
        "male": _both("رجل, رجال, رجلا"),
    },
    people=_both("""
        شخص, شخصا, أشخاص, شخصين, مواطن, مواطنا, مواطنين, فلسطينيا, فلسطينيين, راكبا, ركاب, مريضا,
        آخرين, آخرون, عنصر, عنصرا, عناصر, أفراد, فردا, ساكنا, سكان, آخر
        """),
    causes={
        "landmine": _both("لغم, ألغام"),
        "vehicle_bomb": _both("سيارة مفخخة"),
        "suicide_bomb": _both("انتحاري, تفجير انتحاري"),
        "drone_strike": _both("طائرة مسيرة, مسيرة, مسيرات"),
        "air_strike": _both("غارة, غارات, غارة جوية, غارات جوية"),
        "artillery": _both("قصف مدفعي, مدفعية, قذيفة, قذائف, هاون"),
        "missile": _both("صاروخ, صواريخ, صاروخا"),
        "explosive": _both("انفجار, انفجارات, قصف, عبوة, قنبلة"),
        "small_arms": _both("إطلاق نار, بالرصاص, رصاص"),
        "fighting": _both("اشتباكات, معارك"),
    },
    determiners=_both("جميع, كل, هؤلاء"),
    stops=_both("""
        في, من, على, إلى, عن, بين, خلال, بعد, قبل, منذ, عندما, حيث, بينما, لكن, إثر, جراء, اليوم,
        أمس, الذي, الذين, التي, بينهم, منهم, كانوا, كان, عند, لدى, قرب, مع, أن, إن, بسبب, نتيجة,
        مساء, صباح, يوم
        """),
    including=_both("بينهم, من بينهم, منهم, بمن فيهم, بينها, من ضمنهم, بينهن, ومن بينهم"),
    ands=_both("و, أو, فضلا عن, بالإضافة إلى, إضافة إلى"),
    some=_both("آخرون, البقية, الباقون, آخرين"),
    linking=_both("لا يزال, لا يزالون, ما زال, كانوا, قد"),
    them=_both("هم, بينهم"),
    between=_both("إلى, ارتفع, ارتفعت, بلغ, بلغت, عدد, حصيلة, تجاوز, وصل"),
    follows_verb=True,
    verb_first=True,
    adjectives_follow=True,
    according=_both("وفقا ل, بحسب, حسب, نقلا عن, وفق"),
    that=_both("إن, أن, إنه, أنه, إنها, أنها, إنهم, أنهم, بأن, بأنه"),
    source_stops=_both("""
        إن, أن, إنه, أنه, إنها, أنها, إنهم, أنهم, بأن, بأنه, في, من, على, إلى, عن, خلال, بعد, قبل,
        اليوم, أمس, يوم, لكن, الذي, التي, مساء, صباح, الاثنين, الثلاثاء, الأربعاء, الخميس, الجمعة,
        السبت, الأحد
        """),
    acts={
        "accuse": _both("اتهم, اتهمت, يتهم"),
        "condemn": _both("أدان, أدانت, ندد, نددت"),
        "demand": _both("دعا, دعت, طالب, طالبت"),
        "deny": _both("نفى, نفت, ينفي, رفض, رفضت"),
        "confirm": _both("اعترف, اعترفت, أقر, أقرت"),
        "commit": _both("تعهد, تعهدت, هدد, هددت"),
        "announce": _both("أعلن, أعلنت, يعلن, تعلن"),
    },
    supporting=_both("أوضح, أوضحت, اعترف, اعترفت, أقر, أقرت"),
    distancing=_both("زعم, زعمت, ادعى, ادعت"),
)
