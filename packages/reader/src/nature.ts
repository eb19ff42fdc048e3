import type { Block } from './block.ts'
import { fold } from './normalise.ts'
import { controlsOfHeading } from './section.ts'
import { endsInStatus } from './status.ts'

const META =
  /^\W*(skip to (main )?content|zum inhalt springen|last (updated?|revised|modified|change)|zuletzt (aktualisiert|geändert)|version\b|stand\b(?! der technik)|datum\b|date\b|status:|revision\b|author\b|autor\b|erstellt( am)?:?|letzte (änderung|aktualisierung)|dokument-?id|page \d|seite \d|table of contents|inhaltsverzeichnis|owner\b|verantwortlicher\b|service:|applies to:?|framework:|rechtsgrundlage:?|licence:|source:|copyright|©|tel(efon)?\.?:|e-?mail:|phone:)/iu

/** Dates, versions, page furniture: says nothing about measures. */
export function isMeta(text: string): boolean {
  return (
    (META.test(text) && text.length < 160 && !/überprüfung|review|\bgültig\b/i.test(text)) ||
    /^\W*(v(ersion)?\.? ?\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}$|\d{4}-\d{2}-\d{2}$|seite \d+( von \d+)?$|page \d+( of \d+)?$|\d+( ?\/ ?\d+)?$)/i.test(
      text,
    )
  )
}

const DEFINITION =
  /^\W*(technical and organi[sz]ational |geeignete |such |technische und organisatorische )?(measures|actions|operations|controls|procedures|precautions|maßnahmen|massnahmen|handlungen|vorkehrungen|vorgänge)\b.{0,60}?\b(suitable|sufficient|intended|aimed|designed|appropriate)?\s*\b(to (ensure|prevent|guarantee|protect|make sure|deny|avoid)|for (preventing|ensuring)|that (ensure|prevent|guarantee|protect|make it|deny)|which (ensure|prevent|guarantee)|pursuant to|die (geeignet|gewährleisten|sicherstellen|verhindern|dazu|es|den|eine|einen|ein )|zur (gewährleistung|sicherstellung|verhinderung|vermeidung)|um (zu|sicherzu)|mit denen|durch die|sollen)|^\W*measures (are|is|have been|were) (being )?(taken|put in place|in place|implemented|adopted)\b|\b(measures|actions) are taken into account to\b|^\W*(es|hierdurch|damit|dadurch|hiermit|somit) (wird|ist|soll|werden) (\p{L}+ ){0,3}?(sichergestellt|gewährleistet|sicherzustellen|zu gewährleisten|zu verhindern|verhindert)|^\W*it (is|must be|shall be) (\w+ )?ensured\b|^\W*(das ziel|ziel|zweck|the (aim|goal|purpose|objective)|aim|goal|purpose|objective)\b.{0,40}\b(ist|sind|is|are)\b|^\W*(unbefugten|unauthori[sz]ed persons) (ist|sind|are|must|shall)\b|^\W*(verhinderung|gewährleistung|sicherstellung|prevention|ensuring)\b.{0,30}\b(dass|von unbefugte|des unbefugt|der unbefugt|that|of unauthori)|\bcan be (ensured|achieved|guaranteed)\b|\bgewährleistet,? dass\b.{0,200}\b(können|kann|werden)\W*$|^\W*(the term )?["“„]?[\p{L} -]{3,50}["”“]? (means|bezeichnet|bedeutet|refers to|is defined as|is understood)\b|^\W*(unter|als) .{3,60}\b(versteht man|wird .{0,60}verstanden|werden .{0,60}verstanden|gilt|bezeichnet man)\b|^\W*[\p{L} ]{3,40}\s?[–:-] ?(measures|maßnahmen|massnahmen),? (that|which|ensuring|enabling|die|welche|zur|to)\b|\bprocessing\b.{0,30}\bin such a (way|manner)\b|^\W*protection against (accidental|unauthori|malicious)|^\W*schutz (gegen|vor) (zufällig|mutwillig|unbefugt|versehentlich)/iu

/** A goal or the definition of a control group ("measures suitable for preventing …"): not a measure, whatever words it holds. */
export function isDefinition(text: string): boolean {
  return DEFINITION.test(text)
}

/** A term with the definition of what it stands for: "Integrity – measures that …". */
export function isTitledDefinition(text: string): boolean {
  return /^\W*[\p{L} ]{3,40}\s?[–-]\s?(measures|maßnahmen|massnahmen),? (that|which|ensuring|enabling|die|welche)\b/iu.test(
    text,
  )
}

const ASSURED =
  /^\W*(?:(?:es|hierdurch|damit|dadurch|hiermit|somit) (?:wird|ist|werden) (?:\p{L}+ ){0,3}?(?:sichergestellt|gewährleistet),? dass|it is (?:\w+ )?ensured,? that)\b(.+)$/iu

const DONE =
  /\b(installed|updated|encrypted|logged|recorded|backed up|deleted|erased|destroyed|shredded|tested|trained|patched|scanned|pseudonymi[sz]ed)\b|(?<!\p{L})(installiert|eingespielt|aktualisiert|verschlüsselt|protokolliert|gelöscht|vernichtet|geschreddert|getestet|geschult|gepatcht|gescannt|pseudonymisiert)\s(wird|werden)\b/iu

/** What a sentence of the kind "it is ensured that …" says is done, or null where it only says what must come of it. */
function deedOf(text: string): string | null {
  const assured = ASSURED.exec(text)?.[1] ?? ''
  const deed = /\b(?:insbesondere|in particular|especially)\b(.{8,})$/iu.exec(assured)?.[1]
  if (deed !== undefined) return deed
  return DONE.test(assured) && !/\b(not|no|never|cannot|nicht|kein\p{Ll}*|nie)(?!\p{L})/iu.test(assured)
    ? assured
    : null
}

/**
 * The means that a goal sentence names behind "through", "by means of", "durch", or as what is done to reach it; null
 * when it names none.
 */
export function meansOf(text: string): string | null {
  if (/\b(for example|e\.g\.|zum beispiel|beispielsweise|z\. ?b\.|can be)/i.test(text)) return null
  const means =
    /\b(?:through|by means of|by using|using|by the use of|via|mittels|durch(?! unbefugt| die | maßnahmen| geeignet| Dritte| Unbefugt)|mit hilfe|anhand|indem)\b(.{12,})$/iu.exec(
      text,
    )
  return means?.[1] ?? deedOf(text)
}

const OPTIONS =
  /\b(possibilit(y|ies)|options?|examples?)\b.{0,40}\b(include|are|is)\b|\b(can|could|may) (also |further )?include\b|(?<!\p{L})möglichkeiten\b.{0,40}\bsind\b|\b(kommt|kommen)\b.{0,200}\bin (betracht|frage)\b|\bin (betracht|frage) (kommt|kommen)\b/iu

/** Which sentences of a paragraph go on with the definition that it began: what a control is for, then what may serve it. */
export function definingSentences(paragraph: readonly string[]): boolean[] {
  const options = paragraph.map((one) => OPTIONS.test(one))
  const opens = paragraph.map(
    (one) => isDefinition(one) || /^\W*(measures|maßnahmen|massnahmen),? (that|which|die|welche)\b/iu.test(one),
  )
  return paragraph.map((_, index) => {
    if (options[index]) return opens.slice(0, index).includes(true)
    return opens[index] === true && options.slice(index).includes(true)
  })
}

const NOTE =
  /^\W*(this (document|annex|list|section|appendix|overview)\b|dieses dokument (beschreibt|ist anlage(?!.*aktualis)|enthält)|the (following )?(definitions|terms)|the following\b.{0,80}(measures|:$)|die (folgenden|nachfolgenden|nachstehenden)\b.{0,60}(maßnahmen|massnahmen)|in addition to the|additional(ly)?,? the following|these measures (include|are( the following| as follows)?\W*$|are (the following|as follows))|(the )?(technical and organi[sz]ational )?measures (include|comprise|are|taken)\b.{0,30}:?$|hierzu (gehören|zählen)|folgende maßnahmen|having regard to|taking into account|unter berücksichtigung|wie dieses dokument|while (the )?(provider|processor|company) implements|gemäß art|nach art|according to art|pursuant to art|in accordance with art)|\b(customer|client|kunde|auftraggeber) (himself |itself )?(is|remains|ist|bleibt) (solely |himself |itself |selbst |allein )?(responsible|verantwortlich)|\b(no security measures are|does not guarantee|keine gewähr)\b|^\W*(please|bitte) (describe|state|tick|list|specify|beschreiben|kreuzen|nennen|geben|tragen)\b|^\W*(change history|revision history|änderungs(übersicht|historie|verzeichnis)|versionshistorie|changelog)\b|^\W*(whether|ob)\b|^\W*(for|zu) (more |further |weiteren )?(details|information|einzelheiten)\b|\b(ist|sind|is|are|form|bilden) (fester |integraler |an integral )?(bestandteil|part) (dieser|dieses|des|der|of (this|the)) (vereinbarung|vertrag|agreement|contract)|^\W*grundlage (ist|sind|hierfür)\b|\b(further|more|additional) (details|information)\b.{0,60}\b(can be found|are (set out|described|available)|see|in)\b|\b(weitere|nähere|ergänzende) (einzelheiten|details|informationen|angaben)\b|\b(haftet|haften|is liable|are liable|shall be liable)\b|^\W*(zu den|die) (betroffenen|verarbeiteten|erhobenen) (personenbezogenen )?daten(arten)? (gehören|zählen|sind|umfassen)|^\W*(categories|types) of (personal )?data\b|^\W*(kategorien|arten) (der|von) (personenbezogenen? )?daten\b|\bdie vergütung\b|\bfees (for|are)\b|\bgerichtsstand\b|\bgoverned by the laws?\b|^\W*the (personal )?data (processed|concerned|collected|affected) (include|comprise|are)\b|\?\s*(\||$|:)|\?:? |^(art\.|§) ?\d|\(nachfolgend [„"“]|\bhereinafter\b|^(dieser|diese|dieses|der|this) (avv|vertrag|vereinbarung|agreement|dpa) (gilt|ist|regelt|unterliegt|geht|applies|forms|is )|\bcollects? personal data in order\b|\bhave no influence\b|\bhas no influence\b|\bhe imports data\b/iu

/** Scope, definitions, recitals, lead-ins, duties of the customer, questions of a template. */
export function isNote(text: string): boolean {
  return NOTE.test(text)
}

/** Obliges somebody rather than telling what is done. */
export function isPromise(text: string): boolean {
  return /\b(shall|undertakes?|is obliged|are obliged|commits? to|warrants?|guarantees?|ensures that|may implement|verpflichtet sich|hat sicherzustellen|stellt sicher|sichert zu|gewährleistet)\b/i.test(
    text,
  )
}

const COLUMN_LABEL =
  /^(technische|organisatorische|technical|organi[sz]ational)( (und|and) (organisatorische|organi[sz]ational))?( (maßnahmen|massnahmen|measures|controls))?:?$/i

/** An item that only introduces deeper ones: "Office:", "Technical measures". */
export function isLabel(text: string, deeper: boolean): boolean {
  if (COLUMN_LABEL.test(text)) return true
  return (
    deeper &&
    text.endsWith(':') &&
    text.split(/\s+/).length <= 8 &&
    !/\b(für alle|for all|ausschließlich|only)\b/i.test(text)
  )
}

const NUMBERED_HEADING =
  /^(\d{1,2}(?:\.\d{1,2}){0,4}[.)]?|[IVX]{1,5}\.|[A-H]\.|§ ?\d+\.?|\(?[a-h]\))\s*(?=[\p{Lu}„"])\S/u

/**
 * Whether a line without a mark is a heading, and of which level: numbered and short, or alone between empty lines,
 * or in title case, and in each case without the stop, verb or length of a statement. Null when it is not.
 */
export function isHeadingLine(block: Block, before: Block | undefined, after: Block | undefined): number | null {
  const text = block.text
  const words = text.split(/\s+/)
  if (block.kind === 'item' && !NUMBERED_HEADING.test(text)) return null
  if (endsInStatus(text) && !headsItems(block, after)) return null
  if (isGroupTitle(text)) return 2
  if (text.length > 110 || words.length > 14 || block.ticked !== null || isDefinition(text)) return null
  const body = text.replace(NUMBERED_HEADING, (match) => match.slice(-1))
  const numbered = NUMBERED_HEADING.exec(text)
  if (/[;,]$/.test(text) || body.endsWith('.'))
    return followedByColumns(block, after) && block.kind === 'paragraph' ? 2 : null
  if (isMeta(text)) return null
  if (isCitedTitle(body)) return 2
  if (numbered) return numberedHeading(numbered[1] ?? '', body, block, before, after)
  if (block.kind === 'item') return null
  if (controlsOfHeading(body).size === 0 && standsInRun(before, block, after)) return null
  if (isTitle(body)) return before === undefined || before.kind === 'heading' ? 1 : 2
  if (text.endsWith(':'))
    return words.length <= 5 && after?.kind === 'item' && controlsOfHeading(text).size > 0 ? 4 : null
  if (followedByColumns(block, after)) return 2
  if (before === undefined) return 1
  if (block.alone && words.length <= 8 && after !== undefined && after.alone && isMeta(after.text)) return 1
  if (
    block.alone &&
    words.length <= 9 &&
    !/\b(is|are|will|wird|werden|sind|ist|erfolgt)\b/i.test(text) &&
    (isControlName(body) || ((after?.alone === false || followsLong(after)) && controlsOfHeading(text).size > 0))
  )
    return 2
  return isControlName(body) && words.length <= 9 ? 3 : null
}

/** Whether a line stands among short lines like itself, with none of them set off as their heading: a list without marks. */
function standsInRun(before: Block | undefined, block: Block, after: Block | undefined): boolean {
  const similar = (other: Block | undefined) =>
    other?.kind === 'paragraph' &&
    Math.abs(other.line - block.line) === 1 &&
    other.text.length < 80 &&
    !/[.:;,]$/.test(other.text)
  if (after?.kind === 'item' || after?.kind === 'row') return false
  return similar(after)
    ? before?.kind === 'heading' || similar(before)
    : similar(before) && after?.line !== block.line + 1
}

/** Whether items stand below a line that are not its own neighbours in the same list. */
function headsItems(block: Block, after: Block | undefined): boolean {
  if (after?.kind !== 'item') return false
  return block.kind !== 'item' || after.depth > block.depth || !NUMBERED_HEADING.test(after.text)
}

/** The number that a heading bears, as its levels, or null: "2.1 Backup" bears two. */
export function numberOfHeading(text: string): number | null {
  return NUMBERED_HEADING.exec(text)?.[1]?.split('.').filter(Boolean).length ?? null
}

/** The title of a group of measures as the standard clauses of the Commission name them: "Measures for …". */
function isGroupTitle(text: string): boolean {
  return (
    text.length <= 160 &&
    /^\W*((technical|organi[sz]ational) )?measures (of|for) [^.:;|•]{8,150}$/i.test(text) &&
    !/\b(is|are|shall|will|must|include|through|via|by means)\b/i.test(text)
  )
}

/** A title that ends in its provision: "Resilience (Art. 32(1)(b))". */
function isCitedTitle(text: string): boolean {
  const title = text.replace(LEGAL_TAIL, '')
  return (
    /\((Art(icle|ikel|s|\.|\b)|§)/.test(text.slice(title.length)) &&
    title.split(/\s+/).length <= 10 &&
    !/:/.test(title) &&
    !/\b(is|are|shall|will|wird|werden|sind|ist|erfolgt|must)\b/i.test(title)
  )
}

function numberedHeading(
  mark: string,
  body: string,
  block: Block,
  before: Block | undefined,
  after: Block | undefined,
): number | null {
  const level = /^[IVX]+\.$/.test(mark) ? 1 : mark.split('.').filter(Boolean).length + 1
  if (/\b(is|are|shall|will|wird|werden|sind|ist|erfolgt|must)\b/i.test(body) || body.split(/\s+/).length > 10)
    return null
  const listed =
    before?.kind === 'item' && after?.kind === 'item' && after.line - block.line === 1 && block.line - before.line === 1
  if (isControlName(body)) return level
  if (listed) return null
  return isTitle(body.replace(LEGAL_TAIL, '')) || block.alone || /^\d+\.\d/.test(mark) ? level : null
}

function followsLong(after: Block | undefined): boolean {
  return after !== undefined && (after.text.length > 110 || after.kind === 'item')
}

function followedByColumns(block: Block, after: Block | undefined): boolean {
  return (
    block.alone &&
    after !== undefined &&
    /^technical measures\s*\|?\s*organi|^technische maßnahmen\s*\|?\s*organ/i.test(after.text)
  )
}

const SMALL = new Set(
  'a an and of the for in on to with or by und der die das für von zu zur im am mit bei & / –'.split(' '),
)

/** English title case of at least two words, or a bare "Annex 1". */
function isTitle(text: string): boolean {
  if (/^(annex|appendix|anlage|anhang|schedule|part|teil)\s+[\dIVXA-D]+\b.{0,60}$/i.test(text)) return true
  const words = text
    .replaceAll(/[^\p{L}\s'’&/–-]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
  const own = words.filter((word) => !SMALL.has(word.toLowerCase()))
  return (
    own.length >= 3 &&
    own.length <= 9 &&
    own.every((word) => /^\p{Lu}\p{Ll}/u.test(word) || /^\p{Lu}{2,}$/u.test(word)) &&
    words.length > own.length &&
    !/^(no|use|separate|annual)\b/i.test(text)
  )
}

const CONTROL_NAME =
  /^(zutritts|zugangs|zugriffs|weitergabe|eingabe|auftrags|verfuegbarkeits|trennungs|transport|speicher|benutzer|datentraeger|organisations|uebertragungs)\s?kontrolle( |$)|^(vertraulichkeit|integritaet|verfuegbarkeit|belastbarkeit|pseudonymisierung|verschluesselung|wiederherstellbarkeit|rasche wiederherstellbarkeit|datenschutz management|incident response management|auftragsverarbeitung|datenminimierung|loeschkonzept|organisation|datenschutz)( und [a-z]+)?$|^(confidentiality|integrity|availability|resilience|pseudonymi[sz]ation|encryption|recoverability|rapid recoverability|data separation|access control|training|organi[sz]ational measures|technical measures)( and [a-z]+)?$|\b(control|controls)( [a-z ]{3,40})?$|^(physical|system|data|logical|office|equipment).{0,30} access( control)?$|kontrolle( [a-z0-9 ]{0,60})?$|^(incident response|business continuity|order|job|input|transfer|separation|segregation|disclosure) ?(management|control)?$|^(procedures?|process|verfahren|massnahmen) (for|zur|zum) .{0,60}(review|evaluation|ueberpruefung|evaluierung|testing)$|^(data protection|datenschutz) (measures|massnahmen)$|^technical (and )?organi[sz]ational measures( tom| toms)?$|^(technische|technisch) (und )?organisatorische massnahmen( tom| toms)?$|^(netzwerk|netz|physische |it )?sicherheit$|^(network|physical|access|infrastructure) security$|^(kryptografie|kryptographie|systemhaertung|monitoring|protokollierung|netzwerksicherheit|authentifizierung|infrastruktur|mandantentrennung|zutritt|zugang|zugriff)( und [a-z]+)?$|^(encryption|logging|network security|data minimi[sz]ation|transparency|incident management|backup)( and [a-z ]{1,30})?$/

/** The provision that headings name behind the control: "(Art. 32 para. 1 lit. b GDPR)", "gem. Art. 32 …". */
const LEGAL_TAIL =
  /[\s(,–-]+(gem(äß|\.)?|acc(\.|ording)?( to\.?)?|pursuant to|nach|i\.? ?S\.? ?d\.?|under|in accordance with|within the meaning of)?\s*\(?(Art(icle|ikel|s|\.|\b)|§).{0,160}$/iu

/** Whether a text is nothing but the name of a control or protection goal. */
export function isControlName(text: string): boolean {
  const own =
    text
      .replace(LEGAL_TAIL, '')
      .replace(/\([^)]{0,120}\)?$/, '')
      .split('/')[0] ?? ''
  const folded = fold(own.replaceAll('&', own.toLowerCase().includes('ung') ? 'und' : 'and'))
  return CONTROL_NAME.test(folded) && !/\b(of|via|through|by|durch|mittels|der|des|und dokumentation)\b/.test(folded)
}
