import type { Statement } from '../schema.ts'
import { mapSentence } from '../map.ts'
import { isDefinition } from '../nature.ts'
import { headsPlanned } from '../status.ts'
import { readSystems } from '../systems.ts'
import { at, inStatements, isThere, quote, speaksOf, type Detector, type Examined, type Place } from './place.ts'

const RESTATED =
  /nature, scope, context and purposes|ability to ensure the ongoing confidentiality|implementierungskosten|\b(es wird sichergestellt|it is ensured), (dass|that)|\bmeasures are (taken|in place|put in place) to\b|\bmeasures (suitable for preventing|to ensure|that ensure)\b|\bmaßnahmen, die geeignet sind\b|\bprotect\w* (the )?personal data against (destruction|loss|accidental)|\ball (technical and organi[sz]ational )?measures necessary\b|\bappropriate technical and organi[sz]ational measures\b|\bgeeignete technische und organisatorische maßnahmen\b/iu

const WEAK =
  /\bwhere (possible|applicable|available|appropriate|feasible|technically (possible|feasible)|practical|practicable|reasonable)\b|\bif any\b|\bas far as\b|\bto the (required |necessary )?extent\b|\bas appropriate\b|\bwherever possible\b|\bwhen(ever)? possible\b|\bif (possible|necessary)\b|\bwo(immer)? (möglich|sinnvoll)\b|\b(so|in)?weit (möglich|verfügbar|erforderlich|technisch)\b|\bsofern (möglich|verfügbar|technisch)\b|\bnach möglichkeit\b|\bwenn möglich\b|\bbei bedarf\b|\bmöglichst\b|\bggf\.|\bgegebenenfalls\b|\bin angemessene[rmn]\b/iu

const REGULAR =
  /\b(regular(ly)?|periodic(ally)?|continuous(ly)?|from time to time|at intervals|ongoing|regelmä(ß|ss)ig\p{Ll}*|periodisch\p{Ll}*|fortlaufend\p{Ll}*|laufend\p{Ll}*|kontinuierlich\p{Ll}*|turnusmä(ß|ss)ig\p{Ll}*|stichproben(artig|weise))\b/iu

const ABSOLUTE =
  /\bnever\b|\bno unencrypted\b|\bniemals\b|\bnie\b(?! wieder)|\b(ausgeschlossen|unmöglich)\b|\bgarantier\p{Ll}*|\bguarantee[sd]?\b|\bensur\w+ complete\b|\bcomplete(ly)? (logical )?(separation|protection|secur\w+)|\bdo(es)? not collect any\b|\bhighest possible\b|\bhöchste[rnsm]?\b|\bimpossible\b|\b100 ?% (sicher|secure)\b|\bjederzeit\b.{0,30}\bgeschützt\b|\blückenlos\p{Ll}*/iu
/** Absolute words about something that a check can show continuously, or that limit a claim instead of making it. */
const CHECKABLE =
  /\b(never|nie|niemals|not|nicht)\b.{0,20}\b(in|im) (the )?(source ?)?(code|quellcode|git|repositor\w*)\b|\b(does not|do not|cannot|keine?) (guarantee|garantie)|\bnever (logged|deleted|persisted)\b|\bnie im inhalt\b|\bno security measures\b/iu

const EXAMPLE =
  /\be\.g\b|\bfor example\b|\bsuch as\b|\b(can|may) include\b|\bz\. ?B\.|\bbeispielsweise\b|\bunter anderem\b|\bu\. ?a\.|\bkönnen [^.]{0,40}eingesetzt werden\b/iu

/** Group C: words that hide whether anything is done. */
export const wording = {
  'goal-not-measure': ({ statements }) =>
    statements
      .filter((one) => (one.type === 'note' || one.type === 'commitment') && one.measures.length === 0)
      .flatMap((one): Place[] => {
        const match = RESTATED.exec(one.text) ?? (isDefinition(one.text) ? /^.{1,80}(?=\s|$)/u.exec(one.text) : null)
        return match ? [{ line: one.line, text: quote(one.text, match) }] : []
      }),

  'vague-weakener': inStatements(WEAK, (one) => one.type === 'note' && isDefinition(one.text)),

  'cadence-missing': inStatements(
    REGULAR,
    (one) =>
      one.type === 'note' ||
      one.cadence !== null ||
      /\b(19|20)\d\d\b/.test(one.text) ||
      /\b\d+ (tage|days|monate|months|wochen|weeks|stunden|hours)\b/i.test(one.text),
  ),

  planned: ({ statements }) =>
    statements
      .filter(
        (one) =>
          one.status === 'planned' &&
          (one.type !== 'note' || /(measures|maßnahmen)/iu.test(one.text)) &&
          !headsPlanned(one.section ?? ''),
      )
      .map((one) => at(one)),

  'declared-gap': ({ statements }) =>
    statements
      .filter(
        (one) =>
          (one.status === 'not-in-place' || one.status === 'not-applicable') && one.type !== 'note' && !isWellKept(one),
      )
      .map((one) => (/\bR-?\d+\b|\b(risk|risiko)\b/i.test(one.text) ? at(one, 'info') : at(one))),

  'absolute-claim': inStatements(ABSOLUTE, (one) => CHECKABLE.test(one.text)),

  'example-list': ({ statements }) =>
    statements.flatMap((one): Place[] => {
      if (one.type === 'heading' || one.type === 'meta') return []
      const match = EXAMPLE.exec(one.text)
      return match && !isPrecise(one.text, match) ? [{ line: one.line, text: quote(one.text, match) }] : []
    }),

  contradiction: (examined) => [
    ...thirdParties(examined),
    ...noPersonalData(examined),
    ...ownServers(examined),
    ...tlsMinima(examined),
  ],

  'change-clause-one-sided': inStatements(
    /\b(may|can|is entitled to|reserves the right to|allowed to) (\w+ ){0,3}(implement|use|adopt|replace|change|modify)\b.{0,40}\bmeasures\b|\balternative,? (equivalent |adequate )?measures\b|\badequate alternative measures\b|\bbleib(t|en) (dem auftragnehmer|dem auftragsverarbeiter|uns|vorbehalten)\b.{0,40}|\bberechtigt,? die (toms?|maßnahmen|massnahmen)\b|\bänderung\p{Ll}* .{0,80}vorbehalten\b/iu,
    (one) =>
      /\b(notif|notice|inform|approv|consent|mitgeteilt|mitteil|informiert|zustimmung|genehmig|ankündig)/i.test(
        one.text,
      ),
  ),

  'only-on-request': inStatements(
    /detaillierte übersicht.{0,60}auf anfrage|\b(provided|available|supplied|disclosed) (up)?on (written )?request\b|\bupon the controller['’]s request\b|\bcan be requested\b|\bkann angefordert werden\b|\bauf (anfrage|wunsch|anforderung) (in textform|erhältlich|verfügbar|zur verfügung|bereitgestellt)|•\s*(SIG|SOC ?2)\b|\b(SIG|SOC ?2) questionnaire/iu,
  ),
} satisfies Record<string, Detector>

/** A gap with a risk, an owner or effort and a date is honest work, not a fault. */
function isWellKept(statement: Statement): boolean {
  return /\bR-?\d+\b/.test(statement.text) && /\b(20\d\d-\d\d|\d{1,2}\.\d{1,2}\.20\d\d|Q[1-4])\b/.test(statement.text)
}

/** An example inside a measure that is precise without it is harmless; one that names the product is not, since it is then not said. */
function isPrecise(text: string, example: RegExpExecArray): boolean {
  const end = /[).;]/.exec(text.slice(example.index + example[0].length + 1))?.index ?? text.length
  const given = text.slice(example.index, example.index + example[0].length + 1 + end)
  const rest = text.slice(0, example.index) + text.slice(example.index + given.length)
  if (readSystems(given).length > 0 && readSystems(rest).length === 0) return false
  return mapSentence(rest, new Set()).length > 0 && !isDefinition(text)
}

function thirdParties({ statements }: Examined): Place[] {
  const none = statements.filter(
    (one) =>
      isThere(one) &&
      /\b(no|keine?)\b.{0,30}\b(transfer|disclosure|weitergabe|übermittlung|passing|sharing)\b.{0,30}\b(third part|dritte)/iu.test(
        one.text,
      ) &&
      !/\b(ohne|without|unless|außer|except|unbefugt|unauthori)/iu.test(one.text),
  )
  if (none.length === 0) return []
  const engaged = statements.filter(
    (one) =>
      isThere(one) &&
      one.systems.length > 0 &&
      (speaksOf(one, 'subprocessor-list', 'dpa-contracts', 'certified-datacentre') ||
        /\b(hosted|gehostet|datacent|data cent|rechenzentr|sub-?processor|unterauftrag)/iu.test(one.text)),
  )
  const first = engaged[0]
  return first ? [...none.map((one) => at(one)), at(first)] : []
}

function noPersonalData({ statements }: Examined): Place[] {
  const none = statements.filter((one) =>
    /\b(do|does) not (collect|process|store) any personal data\b|\bkeine personenbezogenen daten (erhoben|verarbeitet|gespeichert|erfasst)\b/iu.test(
      one.text,
    ),
  )
  const some = statements.some((one) =>
    /\bcollects? personal data in order\b|\bpersonal data (is|are) (collected|processed) (for|in order|to)\b|\b(erhebt|verarbeitet|erheben|verarbeiten) (wir )?personenbezogene daten\b/iu.test(
      one.text,
    ),
  )
  return some ? none.map((one) => at(one)) : []
}

/** "No own servers" against a server room, UPS or RAID, unless those stand in the part about the hoster's site. */
function ownServers({ statements }: Examined): Place[] {
  const none = statements.filter(
    (one) =>
      isThere(one) &&
      speaksOf(one, 'no-own-infrastructure') &&
      /\b(no|not|kein\p{Ll}*|existiert nicht|vollständig remote|serverless)\b/iu.test(one.text),
  )
  if (none.length === 0) return []
  const elsewhere = /rechenzentr|data ?cent|\brz\b|hoster|hosting|cloud|colocation/iu
  const own = statements.filter(
    (one) =>
      isThere(one) &&
      speaksOf(one, 'server-room-protection', 'ups', 'raid') &&
      one.systems.length === 0 &&
      !speaksOf(one, 'no-own-infrastructure') &&
      !elsewhere.test(`${one.section ?? ''} ${one.text}`),
  )
  const first = none[0]
  return own.length > 0 && first ? [at(first), ...own.map((one) => at(one))] : []
}

function tlsMinima({ statements }: Examined): Place[] {
  const minima = statements.filter(
    (one) =>
      'tls' in one.parameters &&
      /\b(min|mind|at least|only|nur|ausschließlich|higher|höher|above)|\d\+/iu.test(one.text),
  )
  return new Set(minima.map((one) => one.parameters['tls'])).size > 1 ? minima.map((one) => at(one)) : []
}
