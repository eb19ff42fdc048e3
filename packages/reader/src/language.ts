import { ReaderError } from './error.ts'

/** Frequent short words by language: enough to tell European languages apart in a few hundred words. */
const profiles: Readonly<Record<string, string>> = {
  en: 'the of and to in is are for with by on as be that this or from at which not all an it has have will any only other such been their must may shall data access',
  de: 'der die das und in von zu mit den dem des ist sind für auf werden wird nicht ein eine einer durch oder bei nur als auch zur zum im am aus nach über sowie daten zugriff',
  French:
    'le la les des et du de en un une est sont pour par dans sur avec que qui au aux ce cette ne pas ou données accès nous vous leur ses',
  Spanish:
    'el la los las de del y en un una es son para por con que se al no su sus como más o datos acceso este esta lo entre ha',
  Portuguese:
    'o a os as de do da dos das e em um uma é são para por com que se ao não no na seu sua como mais ou dados acesso pela pelo',
  Italian:
    'il lo la i gli le di del della dei delle e in un una è sono per con che si al non nel nella come più o dati accesso da alla dal',
  Dutch:
    'de het een van en in is zijn voor op met door dat die niet te aan of worden wordt bij als ook naar om uit gegevens toegang deze onze',
  Swedish:
    'och i att det som en på är av för med till den inte om ett har de vid eller från kan ska alla genom uppgifter åtkomst',
  Danish:
    'og i at det som en på er af for med til den ikke om et har de ved eller fra kan skal alle gennem oplysninger adgang',
  Polish: 'i w na z do się jest nie że o od przez oraz dla są po jak co to za przy dane danych dostęp lub tylko może',
  Czech: 'a v na je se že z do o pro jsou s k nebo jako by ve které při data údajů přístup pouze není může',
  Romanian: 'și în de la cu pe o un este sunt pentru prin care nu din sau se al ale date acces numai toate',
  Hungarian: 'a az és hogy nem is egy meg van ez csak vagy mint de ha már adatok hozzáférés által valamint',
  Finnish: 'ja on ei että se oli myös ovat kun tai mutta jos kaikki vain tietojen pääsy sekä joka',
}

const words = Object.fromEntries(
  Object.entries(profiles).map(([language, list]) => [language, new Set(list.split(' '))]),
)

/** Names of languages for the message, in English. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Russian or another Cyrillic language', /\p{Script=Cyrillic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Chinese or Japanese', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
]

/** Letters of the text that are looked at; more would not change the answer. */
const SAMPLE = 40_000

/** English technical words; German texts borrow them freely, so alone they say little. */
const TECHNICAL = /tion$|ing$|ment$|access|encrypt/
const BORROWED = new Set(['data', 'access', 'on', 'by', 'at', 'all', 'an'])

/** Weight of English by its grammatical words: technical words count as far as grammar goes along with them, and a little beyond. */
const PER_GRAMMAR = 3
const FEW = 0.5

/**
 * The language of a text. Lists of measures have few function words, so German wins a tie by its own letters and
 * compounds; a text with too few words of any profile is taken as English unless it has German letters.
 *
 * @throws {ReaderError} unsupported-language, naming it
 */
export function detectLanguage(text: string): 'en' | 'de' {
  const sample = text.slice(0, SAMPLE).toLowerCase()
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  for (const [language, script] of SCRIPTS) {
    if ((sample.match(script)?.length ?? 0) > letters * 0.3 && letters > 20)
      throw new ReaderError('unsupported-language', { language })
  }
  const tokens = sample.match(/\p{L}+/gu) ?? []
  const score = (language: string) => tokens.filter((token) => words[language]?.has(token)).length
  const german =
    score('de') + tokens.filter((token) => /[äöüß]|ung(en)?$|keit$|schutz|zugang|zutritt/.test(token)).length * 0.5
  const technical = tokens.filter((token) => TECHNICAL.test(token)).length * 0.5
  const english = score('en') + technical
  const own = Math.max(german, english)
  const foreign = Object.keys(profiles)
    .filter((language) => language !== 'en' && language !== 'de')
    .map((language) => [language, score(language)] as const)
    .toSorted((a, b) => b[1] - a[1])[0]
  if (foreign && foreign[1] > own * 1.15 && foreign[1] >= 8)
    throw new ReaderError('unsupported-language', { language: foreign[0] })
  const [ofEnglish, ofGerman] = [words['en'], words['de']]
  const both = tokens.filter((token) => ofEnglish?.has(token) && ofGerman?.has(token)).length
  const grammar = tokens.filter((token) => ofEnglish?.has(token) && !BORROWED.has(token)).length - both
  return german - both > Math.min(english - both, grammar * PER_GRAMMAR + FEW) ? 'de' : 'en'
}
