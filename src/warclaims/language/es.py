"""Spanish: number words, words of harm and of speech."""

from __future__ import annotations

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
    LESS_THAN,
    MORE_THAN,
    NumberWords,
)
from warclaims.language.suggestion_words import SuggestionWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.language.nouns import Words
    from warclaims.language.number_words import NounNumber

_CARDINALS = {
    **{
        word: value
        for value, word in enumerate(
            words(
                """uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce
                quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós
                veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"""
            ),
            start=1,
        )
    },
    **{
        word: value
        for value, word in zip(
            range(30, 91, 10),
            words("treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
            strict=True,
        )
    },
    **dict.fromkeys(("un", "una"), 1),
    **dict.fromkeys(("veintiún", "veintiun", "veintiuna"), 21),
    **{"dieciseis": 16, "veintidos": 22, "veintitres": 23, "veintiseis": 26},
    **dict.fromkeys(("cien", "ciento"), 100),
    **{
        f"{stem}{ending}": 100 * value
        for value, stem in enumerate(
            words(
                """doscient trescient cuatrocient quinient seiscient setecient ochocient
                novecient"""
            ),
            start=2,
        )
        for ending in ("os", "as")
    },
}

_NEARLY = (APPROXIMATE, LESS_THAN)

_SINGULAR_DETERMINERS = frozenset(
    words(
        """
        un una el la al del su este esta ese esa aquel aquella mi nuestro nuestra otro otra cierto
        cierta
        """
    )
)
_ARTICLES = ("un", "una", "otro", "otra")
_PLURAL_DETERMINERS = frozenset(
    words(
        """
        los las sus estos estas esos esas aquellos aquellas nuestros nuestras mis unos unas otros
        otras todos todas algunos algunas
        """
    )
)
_COLLECTIVES = words(
    """
    grupo familia población tripulación multitud comunidad patrulla pelotón batallón compañía
    unidad convoy equipo brigada banda guarnición división regimiento ejército personal
    policía público gente tropa infantería mayoría minoría puñado serie comitiva caravana
    """
)
_PERSONS = frozenset(
    words(
        """
        niño niña hombre mujer persona bebé menor adolescente joven adulto adulta anciano anciana
        soldado civil marino oficial militar guardia recluta comandante general coronel capitán
        teniente sargento cabo piloto conductor chofer chófer médico médica doctor doctora
        enfermero enfermera periodista reportero reportera camarógrafo fotógrafo maestro maestra
        profesor profesora estudiante alumno alumna campesino campesina agricultor pastor obrero
        obrera trabajador trabajadora ingeniero ingeniera sacerdote monja obispo imán alcalde
        alcaldesa ministro ministra presidente gobernador juez jueza abogado abogada activista
        voluntario voluntaria diplomático embajador refugiado refugiada migrante preso presa
        prisionero prisionera rehén detenido detenida víctima paciente residente vecino vecina
        ciudadano ciudadana peatón pasajero pasajera turista pescador bombero bombera cazador
        comerciante vendedor madre padre hijo hija hermano hermana marido esposo esposa viuda viudo
        tío tía primo prima sobrino sobrina abuelo abuela nieto nieta familiar pariente amigo amiga
        huérfano huérfana jubilado jubilada colono portavoz líder jefe sospechoso atacante
        francotirador paracaidista cadete mercenario traductor intérprete cocinero minero
        guerrillero guerrillera insurgente rebelde miliciano combatiente terrorista policía agente
        muerto muerta fallecido fallecida herido herida desaparecido desaparecida muchacho muchacha
        chico chica chaval señor señora cuerpo cadáver muerte vida uniformado efectivo sacristán
        habitante miembro inmigrante civil
        """
    )
)
_PLURAL_WORDS = frozenset(words("gente civiles menores jóvenes efectivos bajas"))
_CUT = frozenset(
    words(
        """
        en a por con contra desde entre sobre tras durante ante hasta hacia bajo según sin que
        quien quienes cuyo cuya cuyos donde cuando mientras fue fueron era eran es son ha han
        mediante cerca dentro fuera junto
        """
    )
)


def _noun_number(said: Sequence[str], codes: str, is_counted: bool = False) -> NounNumber | None:
    """One or many: from determiners and endings of the first noun phrase."""
    has_of = "O" in codes
    return the_one(_part_number(part, has_of) for part in conjuncts(said, codes, _CUT))


def _part_number(part: Words, has_of: bool) -> NounNumber | None:
    if any(code == "C" for _, code in part):
        return "many"
    first = part[0][0].lower()
    nouns = [
        word
        for word, code in part
        if code != "G" and word.lower() not in (*_SINGULAR_DETERMINERS, *_PLURAL_DETERMINERS)
    ]
    if not nouns:
        return None
    if first in _PLURAL_DETERMINERS:
        return "many"
    if first in _SINGULAR_DETERMINERS:
        # What is unknown may hold others: un autobús de turistas.
        is_one = first in _ARTICLES and not has_of and all(code in "Aw" for _, code in part)
        return "one" if is_one or not _PERSONS.isdisjoint(map(str.lower, nouns)) else None
    return "many" if _is_plural(nouns) else None


def _is_plural(nouns: list[str]) -> bool:
    """True if words without a determiner are a plural; names in s are none."""
    small = [noun.lower() for noun in nouns]
    if not _PLURAL_WORDS.isdisjoint(small) or _is_of_persons(small[0]):
        return True
    return all(noun.endswith("s") and not noun[0].isupper() for noun in nouns)


def _is_of_persons(word: str) -> bool:
    stem = word.removesuffix("s")
    return stem != word and (stem in _PERSONS or stem.removesuffix("e") in _PERSONS)


NUMBERS = NumberWords(
    cardinals=_CARDINALS,
    scales={
        "mil": 1000,
        "millón": 10**6,
        "millon": 10**6,
        "millones": 10**6,
        "mill": 10**6,
        "billón": 10**12,
        "billones": 10**12,
        "docena": 12,
        "docenas": 12,
        "decenas": 10,
        "centenares": 100,
        "millares": 1000,
    },
    noun_number=_noun_number,
    leading=words(
        """
        a asciende ascienden bajas balance cifra de fallecidos fallecen hay heridos heridas los
        las muertas muerte muertes muertos mueren murieron número pérdidas son suman total
        víctimas
        """
    ),
    bare_scales={"mil": "exact"},
    article_scales={"docena": "exact"},
    magnitudes={
        "decenas": 10,
        "docenas": 12,
        "veintenas": 20,
        "centenares": 100,
        "centenas": 100,
        "cientos": 100,
        "miles": 1000,
        "millares": 1000,
        "millones": 10**6,
    },
    groups={
        **dict.fromkeys(("un par", "un par de", "ambos", "ambas"), 2),
        **dict.fromkeys(("los dos", "las dos"), 2),
        **dict.fromkeys(("gemelos", "gemelas", "mellizos", "mellizas"), 2),
    },
    group_nouns={"pareja": 2, "dúo": 2, "trío": 3, "cuarteto": 4, "matrimonio": 2},
    plural_groups=words("familias grupos parejas equipos batallones brigadas hogares patrullas"),
    parents=words("madre padre hombre mujer niño niña viuda persona joven"),
    others=phrases("otros, otras, otro, otra, demás"),
    approximate_groups={
        f"una {word}": value
        for word, value in {
            "decena": 10,
            "quincena": 15,
            "veintena": 20,
            "treintena": 30,
            "cuarentena": 40,
            "cincuentena": 50,
            "centena": 100,
        }.items()
    }
    | {"un centenar": 100, "un millar": 1000, "medio centenar": 50, "medio millar": 500}
    | {"centenar y medio": 150, "un centenar y medio": 150},
    joiner="y",
    joins_above=10,
    joins_below=10,
    and_a_half=("y medio", "y media"),
    half=phrases("medio, media, mitad, la mitad"),
    denominators={
        "tercio": 3,
        "tercios": 3,
        "cuarto": 4,
        "cuartos": 4,
        "cuarta parte": 4,
        "cuartas partes": 4,
        "tercera parte": 3,
        "terceras partes": 3,
        "quinta parte": 5,
        "quintas partes": 5,
        "quinto": 5,
        "quintos": 5,
        "sexta parte": 6,
        "séptima parte": 7,
        "octava parte": 8,
        "novena parte": 9,
        "décima parte": 10,
    },
    percent=("%", "por ciento", "por cien"),
    before={
        **meaning(
            (AT_LEAST,),
            """
              no menos de, un mínimo de, mínimo, un mínimo, mínimo de, ≥, nada menos que, de por
              lo menos, de al menos
              """,
        ),
        **meaning(
            (MORE_THAN,),
            """
              más de, mas de, más que, superior a, superiores a, por encima de, supera los,
              superan los, superaron los, superó los, supera las, superan las, superaban los,
              que supera los, bastante más de, algo más de, poco más de, un poco más de, mucho
              más de, muy por encima de, más allá de, >
              """,
        ),
        **meaning(
            (AT_MOST,),
            """
              hasta, hasta un total de, no más de, un máximo de, máximo de, tantos como, tantas
              como, ≤, de hasta
              """,
        ),
        **meaning(
            (LESS_THAN,),
            """
              menos de, menos que, inferior a, por debajo de, <, bastante menos de
              """,
        ),
        **meaning((LESS_THAN, APPROXIMATE), "algo menos de, poco menos de, un poco menos de"),
        **meaning(_NEARLY, "casi, cerca de, cerca del, cerca de los, cerca de las, rozando los"),
        **meaning(
            (APPROXIMATE,),
            """
              unos, unas, alrededor de, alrededor del, alrededor de los, alrededor de las, en
              torno a, en torno al, en torno a los, en torno a las, quizá, quizás, tal vez,
              posiblemente, se estima que, un estimado de, una cifra cercana a, del orden de, ~,
              ≈, como unos, entorno a, cosa de, estimados en
              """,
        ),
    },
    after={
        **meaning((AT_LEAST,), "o más, o mas, +, y contando, o incluso más, si no más, y más"),
        **meaning((MORE_THAN, APPROXIMATE), "y pico, largos, largas"),
        **meaning((AT_MOST,), "o menos, a lo más, máximo"),
        **meaning((APPROXIMATE,), "o así, más o menos, o algo así"),
    },
    around={
        **meaning(
            (AT_LEAST,),
            """
              al menos, por lo menos, como mínimo, cuando menos, cuanto menos, a lo menos,
              mínimamente
              """,
        ),
        **meaning((AT_MOST,), "como máximo, a lo sumo, como mucho, cuando más"),
        **meaning((APPROXIMATE,), "aproximadamente, más o menos, aprox., aprox"),
    },
    adjacent=("+", "y pico"),
    plain={
        "hasta": "w",
        "cerca de": "w",
        "unos": "v",
        "unas": "v",
        "alrededor de": "w",
        "quizá": "w",
        "quizás": "w",
        "tal vez": "w",
        "posiblemente": "w",
        "en torno a": "w",
        "en torno al": "w",
        "alrededor del": "w",
        "cerca del": "w",
        "por encima de": "w",
        "por debajo de": "w",
    },
    zero=(
        *words("ningún ninguno ninguna nadie cero"),
        *phrases("""
        ni un, ni una, ni uno, ni un solo, ni una sola, ni uno solo de, ni siquiera un, sin, no
        hubo, no hay, sin que hubiera
        """),
    ),
    vague={
        "varios": 3,
        "varias": 3,
        "algunos": 2,
        "algunas": 2,
        "unos pocos": 3,
        "unas pocas": 3,
        "unos cuantos": 3,
        "unas cuantas": 3,
        "muchos": 2,
        "muchas": 2,
        "pocos": 2,
        "pocas": 2,
        "numerosos": 2,
        "numerosas": 2,
        "diversos": 2,
        "diversas": 2,
        "múltiples": 2,
        "incontables": 2,
        "innumerables": 2,
        "un número indeterminado de": 1,
        "un número desconocido de": 1,
        "un número no determinado de": 1,
        "una cantidad indeterminada de": 1,
        "un puñado de": 3,
        "gran número de": 2,
        "un gran número de": 2,
        "gran cantidad de": 2,
        "una gran cantidad de": 2,
        "multitud de": 2,
        "decenas y decenas de": 2,
        "bastantes": 2,
    },
    fillers=phrases("""
        un total de, total de, en total, solo, sólo, solamente, únicamente, exactamente, otros,
        otras, al parecer, presuntamente, la cifra de, el número de, apenas, aumentó hasta,
        subió hasta, asciende hasta, más, incluso
        """),
    between=("entre", "de entre"),
    range_from=("de", "desde"),
    range_to=("a", "hasta", "a los"),
    range_or=phrases("o, u, o quizás, o incluso"),
    ands=("y", "e"),
    articles=phrases("un, una, otro, otra"),
    definites=(
        *words("el la los las este esta estos estas esos esas su sus sus nuestros aquellos"),
        *phrases("todos los, todas las, todos, todas"),
    ),
    of=("de", "del", "de entre los"),
    one_in=("de cada", "por cada"),
    cuts=tuple(_CUT),
    collectives=_COLLECTIVES,
    units=words(
        """
        segundo segundos minuto minutos hora horas día días noche noches semana semanas mes meses
        década décadas siglo siglos vez veces ronda rondas metro metros kilómetro kilómetros km m
        milla millas tonelada toneladas kilo kilos kilogramos hectáreas grados dólar dólares euro
        euros pesos rublos tanques helicópteros drones vehículos vehículo coches carros camiones
        autobuses trenes aviones barcos misiles cohetes bombas proyectiles minas granadas armas
        fusiles casa casas viviendas hogares edificios escuelas hospitales puentes iglesias aldeas
        pueblos ciudades localidades distritos regiones provincias países municipios zonas bases
        lados bandos partes guerras batallas combates ataques ataque incidentes explosiones
        atentados frentes campamentos lugares puntos sitios
        """
    ),
    years=("años", "año", "años de edad"),
    unit_adjectives=words("consecutivos consecutivas distintos distintas diferentes"),
    months=words(
        """
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
        diciembre
        """
    ),
    times=phrases("en, desde, durante, hasta, antes de, después de, año, del año, tras"),
    ages=phrases("edad, de edad, de entre, edades"),
    age_suffixes=(),
    numbered=words("brigada división batallón regimiento"),
    numbering=words(
        """
        n.º nº número artículo resolución vuelo ruta brigada batallón división regimiento
        unidad canal página
        """
    ),
    unclear=(
        *words(
            """
        doble triple dos-veces cuádruple mayoría minoría mayor menor media promedio cada salvo
        excepto además mitad parte porcentaje cifra cifras mucho poco demás resto incluidos
        incluidas incluido incluida incluyendo menos mínimo máximo tanto tantos tantas veintitantos
        veintitantas treintaitantos duplica triplica mayormente ni sino quinta tercera decena
        veintena docenas
        """
        ),
        *phrases("así como, junto con, junto a, la mayoría, tantos, el doble, el triple"),
    ),
    suffixes={"k": 1000, "m": 10**6, "mm": 10**6, "mill": 10**6},
    ordinal_suffixes=phrases("º, ª, o, a, er, ro, ra, do, da, va, vo, ma, to, ta"),
    decimal=",",
    thousands=".",
)

COVERAGE = CoverageWords(
    additional=phrases("otro, otra, otros, otras, más, además, también"),
    no_addition=phrases("más de, o más, no más, y más"),
    harm=phrases("""
        muerto, muerta, muertos, muertas, murió, murieron, han muerto, fallecido, fallecida,
        fallecidos, fallecidas, falleció, fallecieron, asesinado, asesinada, asesinados,
        asesinadas, asesinó, masacrados, masacradas, herido, herida, heridos, heridas, lesionados,
        víctimas mortales, desplazados, desplazadas, huyeron, perdió la vida, perdieron la vida,
        han perdido la vida, se cobró la vida, cobrado la vida, costó la vida, baleados,
        acribillados, degollados, decapitados, torturados, violadas, secuestrados, secuestradas,
        rehenes, desaparecidos, desaparecidas, matado, mató, mataron, quemados vivos, número de
        muertos
        """),
    harm_with_number=phrases("""
        muere, mueren, morir, muerte, muertes, fallece, fallecen, fallecimientos, hiere, hieren,
        lesiones, víctima, víctimas, baja, bajas, vidas, cuerpos, cadáveres, restos, mata, matan,
        matar, matando, ejecutados, ejecutadas, ahogados, ahogadas, capturados, capturadas,
        prisioneros, prisioneras, secuestro, detenidos, detenidas, evacuados, evacuadas,
        refugiados, refugiadas, deportados, deportadas, expulsados, expulsadas, hospitalizados,
        hospitalizadas, abatidos, abatió, neutralizados, eliminados, mártires, atrapados,
        atrapadas, rescatados, liberados, liberadas, sin hogar, de ellos, de ellas, huido, huyendo,
        desaparecido
        """),
    look_alikes=phrases("""
        punto muerto, mar muerto, tiempo muerto, naturaleza muerta, horas muertas, ángulo muerto,
        lengua muerta
        """),
    speech=phrases("""
        dijo, dicen, dice, dijeron, ha dicho, según, afirmó, afirma, afirmaron, afirman, aseguró,
        asegura, aseguraron, declaró, declararon, anunció, anunciaron, anuncia, explicó, señaló,
        señala, señalaron, indicó, indica que, indicaron, añadió, agregó, agregaron, sostuvo,
        sostiene, manifestó, expresó, denunció, denunciaron, denuncia que, acusó, acusaron, acusa,
        culpó, culparon, negó, negaron, niega, desmintió, rechazó, rechazaron, condenó, condenaron,
        advirtió, advirtieron, amenazó, prometió, pidió, pidieron, exigió, exigieron, instó,
        instaron, reclamó, solicitó, informó, informaron, informa que, reportó, reportaron,
        confirmó, confirmaron, admitió, reconoció, reiteró, insistió, subrayó, destacó, precisó,
        comentó, escribió, tuiteó, respondió que, replicó, criticó, lamentó, presuntamente,
        supuestamente, argumentó, aclaró, describió, relató, contó que
        """),
    numbers=(
        *(word for word in _CARDINALS if word not in ("un", "una", "uno")),
        *NUMBERS.magnitudes,
        *words("mil millón docena decena veintena treintena centenar varios varias"),
    ),
    people=words("personas civiles soldados hombres mujeres niños"),
    things=(*NUMBERS.units, *NUMBERS.years),
    months=NUMBERS.months,
    links=words("a al con de del desde el en la las los o por que se tras un una y"),
    new_clause=words("aunque cuando después donde mientras pero porque"),
    no_count_before=words("artículo edad número resolución vuelo"),
    year_before=words("en desde durante hasta"),
    aged=words("edad"),
    nobody=words("nadie ninguno ninguna"),
    none=words("ninguno ninguna nadie"),
    of=words("de del"),
    no=words("ningún ninguna sin ni"),
    auxiliaries=words("fue fueron ha han había habían resultó resultaron es son"),
    passive=words("fue fueron resultó resultaron es son"),
)

COMPARISON = ComparisonWords(
    several=NUMBERS.several,
    earlier=words("antes anteriormente previamente"),
)

SUGGESTIONS = SuggestionWords(
    outcomes={
        "injured": words(
            """
            herido herida heridos heridas lesionados hiere hieren lesiones hospitalizados
            hospitalizadas torturados
            """
        ),
        "killed_or_injured": words("víctima víctimas baja bajas"),
        "missing": words("desaparecidos desaparecidas desaparecido atrapados atrapadas"),
        "abducted": words("secuestrados secuestradas secuestro rehenes"),
        "captured": words("capturados capturadas prisioneros prisioneras detenidos detenidas"),
        "displaced": words(
            """
            desplazados desplazadas huyeron evacuados evacuadas refugiados refugiadas deportados
            deportadas expulsados expulsadas huido huyendo
            """
        ),
        "sexual_violence": ("violadas",),
        "released": words("rescatados liberados liberadas"),
    },
    further_harm={
        "killed": phrases("""
            asesinaron, ejecutaron, ejecutó, abatieron, quitó la vida, sin vida, perdió la vida,
            perdieron la vida, perdieron la existencia, perecieron, pereció, sucumbió,
            cayeron en, encontrados muertos, hallados muertos, degollados, ahogados, se ahogaron,
            calcinados, cobró la vida de, costó la vida a, segó la vida de, fue asesinado,
            fue asesinada, el cuerpo de, los cuerpos de, murieron ahogados, fusilados, fusilado,
            ejecutado, ejecutados, abatidos, abatido, ultimados, masacrados, linchado, degollado,
            acribillado, acribillados, calcinado
            """),
        "injured": phrases("""
            hirió, hirieron, en estado crítico, en estado grave, ingresado, ingresada,
            ingresados, hospitalizado, hospitalizada, trasladados al hospital,
            trasladado al hospital, atendidos, atendidas, quemaduras, mutilados, golpeados,
            en el hospital, contusionados, reciben tratamiento, recibe tratamiento, golpeado,
            golpeada, golpeadas, quemado, quemada, quemados, quemadas, torturado, torturada,
            mutilado, mutilada, sufrieron quemaduras, sufrió quemaduras, sufrieron heridas,
            sufrió heridas, resultó herido, resultó herida, de gravedad, intoxicados, amputaron,
            trasladada al hospital, evacuado al hospital
            """),
        "killed_or_injured": phrases("""
            perdió, perdieron, alcanzado, alcanzados, alcanzó a, alcanzó
            """),
        "missing": phrases("""
            bajo los escombros, en paradero desconocido, entre los escombros, no han regresado,
            no regresaron, no han aparecido, sigue sin aparecer, siguen sin aparecer, buscan a,
            busca a, no volvieron, no volvió, no han vuelto, no se sabe nada, desaparecieron,
            desapareció, extraviados
            """),
        "abducted": phrases("""
            secuestraron, secuestró, en cautiverio, retienen, retenidos, se llevaron a,
            se llevaron, en poder de, en poder del, raptados, raptaron, plagiados, retenidas,
            secuestrado, secuestrada, retenido, retenida, raptado, raptada, sacaron de,
            sacados de, cautivos, cautivo, como rehenes, como rehén, toma de, tomaron a,
            se llevó a
            """),
        "captured": phrases("""
            capturó, capturaron, detuvieron, arrestados, arrestaron, detuvo, se rindieron,
            encarcelados, cayeron prisioneros, fueron apresados, apresaron, capturado, capturada,
            arrestado, arrestada, apresado, apresados, encarcelado, detención de, rindieron
            """),
        "displaced": phrases("""
            huyó, abandonaron sus hogares, abandonar sus hogares, desplazaron, damnificados,
            damnificadas, abandonaron, han abandonado, dejaron sus casas, se refugiaron,
            cruzaron la frontera, han cruzado, sin hogar, sin techo, se han ido, desalojados,
            desplazado, desplazada, evacuó, evacuaron, evacuado, huían, huyendo de,
            salieron de sus casas, dejaron sus hogares, abandonó su casa, se marcharon,
            buscaron refugio, refugiado, refugiada, marcharon
            """),
        "deprived": phrases("desnutridos, pasan hambre, pasa hambre, sin comida, sin agua"),
        "released": phrases("""
            liberó, liberaron, soltaron, rescataron, puestos en libertad, puesto en libertad,
            devueltos, canjeados, intercambiaron, entregaron, regresaron a casa, con vida,
            rescató, recuperaron la libertad, excarcelados, liberado, liberada, rescatado,
            rescatada, rescatadas, soltados, volvieron, volvió, regresaron, regresó, devuelto,
            devuelta, canjeado, canje de, liberación de, entregó a, sanos y salvos, a salvo
            """),
    },
    harm_nouns=phrases("""
        muerte, muertes, víctimas, bajas, vidas, cuerpos, cadáveres, restos, muertos, heridos,
        fallecidos, número de muertos, fallecimientos, secuestro, desaparecidos, desplazados,
        el cuerpo de, los cuerpos de, detención de, canje de, liberación de, toma de
        """),
    harm_of_number=phrases("""
        muertos, muertas, muerto, muerta, heridos, heridas, herido, herida, fallecidos, fallecidas,
        desaparecidos, desaparecidas, desplazados, desplazadas, víctimas, víctimas mortales, bajas,
        rehenes, prisioneros, detenidos, refugiados, cadáveres, cuerpos, muertes
        """),
    active=words(
        """
        mató mataron mata matan matar matando matado asesinó hiere hieren abatió asesinados
        secuestrados heridos heridas asesinadas capturados secuestraron secuestró capturó
        capturaron detuvieron liberó liberaron rescataron soltaron asesinaron ejecutaron ejecutó
        abatieron hirió hirieron perdió perdieron retienen raptaron arrestaron detuvo apresaron
        rescató canjearon entregaron
        """
    )
    + phrases(
        """
        buscan a, busca a, tomaron a, se llevó a, entregó a, alcanzó a, se llevaron a, se llevaron,
        cobró la vida de, costó la vida a, perdieron la vida
        """
    ),
    statuses={
        "medic": words("médico médicos médica médicas enfermero enfermera enfermeros enfermeras"),
        "journalist": words("periodista periodistas reportero reporteros"),
        "official": words("alcalde alcaldes ministro ministros"),
        "civilian": words(
            """
            civil civiles maestro maestros maestra profesor profesores campesino campesinos
            agricultor agricultores obrero obreros trabajadores trabajador pescadores mineros
            """
        ),
        "military": words(
            "soldado soldados militar militares efectivos marineros marinos sargento uniformados"
        ),
        "fighter": words(
            """
            combatiente combatientes milicianos miliciano guerrillero guerrilleros rebelde rebeldes
            insurgentes terroristas terrorista yihadistas
            """
        ),
        "police": words("policía policías agentes agente"),
        "prisoner": words("prisioneros rehenes rehén detenidos presos"),
    },
    ages={
        "child": words(
            """
            niño niños niña niñas menor menores bebé bebés adolescente adolescentes escolares
            """
        ),
        "elderly": words("anciano ancianos anciana ancianas"),
        "adult": words("hombre hombres mujer mujeres madre madres padre adultos"),
    },
    sexes={
        "female": words("mujer mujeres niña niñas madre madres maestra enfermeras anciana"),
        "male": words("hombre hombres padre anciano"),
    },
    people=words(
        """
        persona personas gente habitante habitantes vecino vecinos residentes residente pasajeros
        pacientes estudiantes alumnos familiares miembros miembro ciudadanos ciudadano trabajadores
        manifestantes personal tripulantes otros otras aldeanos lesionados guardia guardias patrón
        conductor chófer chofer enfermos voluntarios hijo hijos hija hijas esposa esposo hermano
        hermanos hermana hermanas abuela abuelo pareja funcionarios empleados camionero
        camioneros agricultores pastores pastor sacerdote comerciantes comerciante
        """
    ),
    causes={
        "landmine": words("mina minas"),
        "vehicle_bomb": phrases("coche bomba, camión bomba"),
        "suicide_bomb": phrases("atacante suicida, atentado suicida"),
        "drone_strike": words("dron drones"),
        "air_strike": phrases("ataque aéreo, ataques aéreos, bombardeo aéreo, aviones, aviación"),
        "artillery": words(
            "artillería proyectil proyectiles mortero morteros cohete cohetes obuses"
        ),
        "missile": words("misil misiles"),
        "explosive": words("explosión explosiones bomba bombas bombardeo bombardeos granada"),
        "small_arms": words("disparos tiroteo baleados acribillados tiros francotirador"),
        "fighting": words("combates combate enfrentamientos enfrentamiento choques"),
    },
    object_marks=("a",),
    determiners=words("los las el la otros otras otro otra un una unos unas sus su estos esas"),
    stops=words(
        """
        en a por para con sin sobre desde hasta tras durante entre que quien quienes cuando donde
        fue fueron ha han había habían resultó resultaron es son y o e u pero ni no se lo al como
        según mientras murieron murió muere mueren fallecieron dijo dijeron ante bajo contra hoy
        ayer este estos cerca dentro además incluidos incluidas frente siguen sigue
        permanecen quedaron aún todavía eran ya
        """
    ),
    including=phrases("""
        entre ellos, entre ellas, incluidos, incluidas, incluido, incluida, incluyendo, de ellos,
        de ellas, de los cuales, de las cuales, entre los que había, entre los muertos
        """),
    ands=phrases("y, e, o, así como, además de, junto con, y otros, mientras, y dejó, y dejaron"),
    singles=phrases("otro, otra, uno más, una más, el otro, la otra"),
    some=phrases("otros, otras, algunos, algunas, el resto, los demás, varios, varias, todos"),
    possessives=words("su sus cuyo cuya cuyos"),
    linking=words("siguen sigue permanecen quedaron quedado sido siendo estaban están está luego"),
    them=words("ellos ellas los las"),
    between=words(
        """
        de a en se asciende ascendió elevó eleva hasta subió sube ya al es era fue superó supera
        llegó alcanzó situó sitúa cifró del
        """
    ),
    rising=words(
        """
        asciende ascendió elevó eleva subió sube aumentó supera superó llegó alcanzó situó cifró
        """
    ),
    figures=words(
        """
        cifró cifra cifran habló hablan habla contabilizó contabilizan reportó reportan registró
        calcula calculan estima estiman dijo dice total
        """
    ),
    presumed=words("teme temen presume presuntamente"),
    follows_verb=True,
    adjectives_follow=True,
    place_nouns={
        "city": words("ciudad pueblo aldea localidad capital municipio"),
        "district": words("provincia distrito región departamento"),
        "country": words("país república"),
        "camp": words("campamento"),
        "river": words("río"),
        "border": words("frontera"),
        "building": words("hospital escuela iglesia mezquita mercado cárcel puente"),
        "road": words("carretera"),
    },
    place_articles=words("el la este esta ese esa"),
    third_person=words("él ella ellos ellas"),
    according=phrases("según, de acuerdo con, en palabras de"),
    that=words("que si"),
    cues=words(
        """
        dijeron cree creen considera estima estiman espera esperan teme temen calificó describió
        precisaron explicaron advirtió recordó apuntó detalló responsabilizó cifró calcula
        """
    ),
    no_cues=words("presuntamente supuestamente"),
    counting=words("elevó situó contabilizó registró cifró"),
    inner_adverbs=words("no también ya nunca además posteriormente luego aún"),
    pronouns=words("él ella ellos ellas yo nosotros quien quienes"),
    relatives=words("quien quienes que"),
    source_stops=words(
        """
        que y pero cuando mientras si como aunque porque este el_lunes lunes martes miércoles jueves
        viernes sábado domingo ayer hoy tras durante en a por para
        """
    ),
    acts={
        "accuse": words("acusó acusaron acusa culpó culparon denunció denunciaron responsabilizó"),
        "condemn": words("condenó condenaron criticó"),
        "demand": words("pidió pidieron exigió exigieron instó instaron reclamó solicitó"),
        "deny": words("negó negaron niega desmintió rechazó rechazaron"),
        "confirm": words("confirmó confirmaron admitió reconoció"),
        "commit": words("prometió amenazó"),
        "announce": words("anunció anunciaron anuncia"),
        "predict": words("espera esperan teme temen"),
        "evaluate": words("lamentó calificó"),
    },
    supporting=words("confirmó confirmaron admitió reconoció explicó"),
    distancing=words("presuntamente supuestamente"),
)
