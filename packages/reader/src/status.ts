import type { StatementStatus } from './schema.ts'

/** Nothing is there yet, in one line: the line stands for a whole section. */
const ONLY_IN_PROGRESS =
  /^\W{0,6}(in progress|work in progress|in preparation|under construction|coming soon|to be (done|defined|completed|determined)|in (arbeit|bearbeitung|vorbereitung|erstellung|umsetzung)|wird (noch )?(ergänzt|nachgereicht|erstellt)|tbd|todo|folgt( noch)?|geplant|planned)\W{0,6}$/i

const NOT_APPLICABLE =
  /\bnot applicable\b|^n\/?a\.?$|\bnicht (anwendbar|zutreffend|einschlägig|relevant)\b|\bentfällt\b(?! (lokal|damit|dadurch))|\btrifft nicht zu\b|\bnot required\b(?=[^.]{0,60}\b(because|since|as|at|due|scale|current)\b|\*)|\bby design\b(?=\W*$)/i

const NOT_IN_PLACE =
  /\bnot (yet )?(implemented|in place|available yet|activated|enabled|performed|introduced|done|configured|existing|set up|documented yet|currently)\b|\b(is|are) (currently |still )?(missing|lacking)\b|^(missing|none|no|nein|fehlt|open|offen)$|\bnicht (vorhanden|aktiviert|durchgeführt|umgesetzt|institutionalisiert|implementiert|eingerichtet|etabliert|aktiv|erfüllt|realisiert)\b|\bnoch (nicht|kein(e[rsn]?)?)\b|\bfehlt\b|\bfehlen\b(?! darf)|\boffen\s*(→|->)|^\W*offen\b|werden nicht protokolliert|wird nicht protokolliert|[❌✗✘]/iu

const PLANNED =
  /\bin progress\b|\bplanned\b(?! (maintenance|downtime|outage|disclosure|transfer|change|work))|\bto be (written|implemented|introduced|done|completed|defined|established|drafted|rolled out)\b|\b(will|shall) be (implemented|introduced|rolled out|added) (in|by|before|after|during|with|soon)\b|\btodo\b|\btbd\b|\bpending\b|\broadmap\b|\bupcoming\b|\bbefore (m\d|go-?live|launch|production)\b|\bunder (development|construction|preparation)\b|\bnot yet\b|\bgeplant(?![\p{L}])|\bin (arbeit|bearbeitung|vorbereitung|planung|umsetzung)\b|\bvorbereitet\b|\b(ab|vor|bis) (zum )?go-?live\b|\bab sprint\b|\bw(?:ird|erden) (derzeit|aktuell|demnächst|künftig|noch)\b[^.]{0,60}\b(eingeführt|umgesetzt|aufgebaut|implementiert|ergänzt|erstellt)\b|\bsoll(en)? [^.]{0,60}\b(eingeführt|umgesetzt|aufgebaut) werden\b|\bfull mapping in\b|[⏳🔶📋🚧🔜🟡]/iu

const CONDITIONAL =
  /\bwhere (possible|applicable|available|feasible|technically|practical|practicable|supported|reasonable)\b|\bif (any|possible|available|applicable|technically possible)\b|\bas far as\b|\bas applicable\b|\bto the extent\b|\bwhen(ever)? (possible|applicable)\b|\bunless\b|\boptional(ly)?\b|\bon request only\b|\bwo(immer)? (möglich|sinnvoll|technisch)\b|\b(so|in)?(weit|fern) (technisch |wirtschaftlich )?(möglich|verfügbar|erforderlich|sinnvoll|machbar|zumutbar|vorhanden)\b|\bsofern\b|\bsoweit\b|\bnach möglichkeit\b|\bwenn möglich\b|\bfalls (möglich|erforderlich|verfügbar)\b|\bmöglichst\b|\bggf\b|\bgegebenenfalls\b|\bbei bedarf\b|\bbedingt\s*(→|->)|^\W*bedingt\b/iu

/** Whether the text says only that a section is not ready. */
export function isOnlyInProgress(text: string): boolean {
  return ONLY_IN_PROGRESS.test(text)
}

/** Whether a line is nothing but brackets that somebody has still to fill: "[lockable cabinets, if any]". */
function isPlaceholder(text: string): boolean {
  return /^[\s•*–-]*\[[^\][]*\p{L}{3}[^\][]*\][\s.;,]*$/u.test(text)
}

/** Words such as "in place", which settle the matter in a status cell. */
const IN_PLACE_CELL =
  /^\W*(✅|☑|✓|✔|☒|x|yes|ja|done|active|aktiv|umgesetzt|implemented|in place|erfüllt|vorhanden|policy|prozess|process|dokumentiert|abgeschlossen|architektur)(?!\p{L})/iu

/**
 * What the document itself says about a statement. Read before the mapping: a planned or negated measure never counts.
 *
 * @param cell the status column of its row, when there is one
 * @param ticked its tick box, when there is one
 */
export function readStatus(text: string, cell: string | null, ticked: boolean | null): StatementStatus {
  if (ticked === false || isPlaceholder(text)) return 'not-in-place'
  if (cell !== null && cell !== '') {
    const settled = statusOf(cell)
    if (settled !== 'in-place')
      return settled === 'not-in-place' && NOT_APPLICABLE.test(cell) ? 'not-applicable' : settled
    if (IN_PLACE_CELL.test(cell)) return CONDITIONAL.test(text) ? 'conditional' : 'in-place'
  }
  return statusOf(text)
}

function statusOf(text: string): StatementStatus {
  if (NOT_APPLICABLE.test(text)) return 'not-applicable'
  if (PLANNED.test(text) && !/\bnoch nicht\b/iu.test(text)) return 'planned'
  if (NOT_IN_PLACE.test(text)) return 'not-in-place'
  if (CONDITIONAL.test(text)) return 'conditional'
  return 'in-place'
}

const BRACKETED_STATUS =
  /[([](to-?do|tbd|open|planned|in progress|geplant|offen|in (arbeit|planung|vorbereitung))[)\]]\W*$/iu

/** Whether a line ends in a status of its own in brackets: "Alarm system (planned)". */
export function endsInStatus(text: string): boolean {
  return BRACKETED_STATUS.test(text)
}

/** Whether a heading says that all below it is still to come. */
export function headsPlanned(heading: string): boolean {
  if (endsInStatus(heading)) return true
  return /\bopen (items|points|issues|tasks|measures)\b|\broadmap\b|\bplanned\b(?! (maintenance|downtime|outage|disclosure|transfer|change))|\bnot yet\b|\boffene (punkte|maßnahmen|aufgaben)\b|\bgeplante (maßnahmen|schritte)\b|\bnoch nicht umgesetzt|\bto-?dos?\b|\bnext steps\b|\bnächste schritte\b/iu.test(
    heading,
  )
}

/** Whether the lead-in of a list puts its items into the future: "Once we employ staff, everybody will:". */
export function leadsPlanned(leadIn: string): boolean {
  return /\b(when|once|as soon as)\b.{0,80}\bwill\b.{0,40}:$|\b(sobald|wenn)\b.{0,80}\b(wird|werden)\b.{0,60}:$/iu.test(
    leadIn,
  )
}
