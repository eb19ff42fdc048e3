import { catalogue } from '@art32/catalogue'
import type { Field } from './form.ts'

/** What a template says in one language. */
interface Said {
  readonly title: string
  readonly instruction: string
  readonly form: readonly Field[]
}

/** A duty that can be set up as it is: one for each organisational measure of the catalogue. */
export interface Template {
  /** The catalogue measure. */
  readonly id: string
  /** How often, as an ISO 8601 length; null: with each release. */
  readonly cadence: string | null
  readonly fourEyes: boolean
  readonly en: Said
  readonly de: Said
}

type Both = readonly [en: string, de: string]
type Asked = readonly [id: string, kind: Field['kind'], label: Both, isOptional?: 'optional']

interface Own {
  readonly title: Both
  readonly cadence?: string
  readonly release?: true
  readonly fourEyes?: true
  readonly asks: readonly Asked[]
}

const result: Asked = ['result', 'text', ['What was found', 'Was dabei herauskam']]
const measures: Asked = ['follow-up', 'list', ['What is done about it', 'Was daraufhin getan wird'], 'optional']
const file: Asked = ['file', 'file', ['The record as a file', 'Die Unterlage als Datei'], 'optional']
const report = (en: string, de: string): Asked => ['report', 'file', [en, de]]
const link: Asked = ['record', 'link', ['Where the record lies', 'Wo die Unterlage liegt'], 'optional']

/** What is worth asking for more than a sentence and a link. */
const own: Readonly<Record<string, Own>> = {
  'physical-key-register': {
    title: ['Review the key list', 'Schlüsselliste prüfen'],
    cadence: 'P6M',
    asks: [
      ['issued', 'number', ['Keys and cards issued', 'Ausgegebene Schlüssel und Karten']],
      ['returned', 'number', ['Returned since last time', 'Seit dem letzten Mal zurückgegeben']],
      ['missing', 'number', ['Missing', 'Fehlend']],
      measures,
    ],
  },
  'visitor-escort': {
    title: ['Review the visitor log', 'Besucherbuch prüfen'],
    cadence: 'P3M',
    asks: [
      ['visits', 'number', ['Visits in the log', 'Besuche im Buch']],
      ['escorted', 'yes-no', ['Every visitor was escorted', 'Alle Besuche wurden begleitet']],
      measures,
    ],
  },
  'clean-desk': {
    title: ['Walk round for clean desks', 'Rundgang: aufgeräumte Arbeitsplätze'],
    cadence: 'P3M',
    asks: [
      ['desks', 'number', ['Workplaces looked at', 'Angesehene Arbeitsplätze']],
      ['found', 'number', ['Of these not in order', 'Davon nicht in Ordnung']],
      measures,
    ],
  },
  'employee-training': {
    title: [
      'Train everybody in data protection and secure coding',
      'Alle in Datenschutz und sicherem Programmieren schulen',
    ],
    cadence: 'P1Y',
    asks: [
      ['people', 'number', ['People who work here', 'Beschäftigte']],
      ['trained', 'number', ['Of these trained', 'Davon geschult']],
      ['topics', 'list', ['Topics', 'Themen']],
      file,
      link,
    ],
  },
  'access-review': {
    title: ['Review who may do what', 'Prüfen, wer was darf'],
    cadence: 'P1Y',
    asks: [
      ['systems', 'list', ['Systems reviewed', 'Geprüfte Systeme']],
      ['accounts', 'number', ['Accounts looked at', 'Angesehene Konten']],
      ['removed', 'number', ['Rights or accounts removed', 'Entzogene Rechte oder Konten']],
      file,
      link,
    ],
  },
  'restore-test': {
    title: ['Restore a backup and compare', 'Sicherung wiederherstellen und vergleichen'],
    cadence: 'P6M',
    asks: [
      ['backup-of', 'date', ['Day of the backup', 'Tag der Sicherung']],
      ['minutes', 'number', ['Minutes until it ran again', 'Minuten, bis es wieder lief']],
      ['complete', 'yes-no', ['Everything was there', 'Alles war vorhanden']],
      result,
      file,
    ],
  },
  'risk-assessment': {
    title: ['Assess the risks for people anew', 'Risiken für Betroffene neu bewerten'],
    cadence: 'P1Y',
    fourEyes: true,
    asks: [
      ['processings', 'list', ['Processing activities assessed', 'Bewertete Verarbeitungen']],
      ['high', 'number', ['Risks that stay high', 'Risiken, die hoch bleiben']],
      result,
      report('The assessment', 'Die Bewertung'),
    ],
  },
  'measure-review': {
    title: ['Review the measures', 'Maßnahmen überprüfen'],
    cadence: 'P1Y',
    fourEyes: true,
    asks: [['changed', 'list', ['What changes', 'Was sich ändert'], 'optional'], result],
  },
  'internal-audit': {
    title: ['Hold an internal audit', 'Internes Audit durchführen'],
    cadence: 'P1Y',
    asks: [
      ['scope', 'text', ['What was audited', 'Was geprüft wurde']],
      ['sample', 'number', ['Size of the sample', 'Größe der Stichprobe']],
      ['findings', 'list', ['Findings', 'Feststellungen'], 'optional'],
      measures,
      report('The report of the audit', 'Der Auditbericht'),
    ],
  },
  'processing-records': {
    title: ['Review the record of processing activities', 'Verzeichnis von Verarbeitungstätigkeiten prüfen'],
    cadence: 'P1Y',
    asks: [
      ['activities', 'number', ['Processing activities looked at', 'Durchgesehene Verarbeitungstätigkeiten']],
      ['changed', 'list', ['What was changed', 'Was geändert wurde'], 'optional'],
      ['version', 'number', ['Version that was recorded', 'Nummer der festgehaltenen Version']],
    ],
  },
  'processor-monitoring': {
    title: ['Review certificates and reports of processors', 'Zertifikate und Berichte der Auftragsverarbeiter prüfen'],
    cadence: 'P1Y',
    asks: [
      ['reviewed', 'list', ['Reviewed, each with its last day', 'Geprüft, jeweils mit Ablauf']],
      ['in-force', 'yes-no', ['All of them are in force', 'Alle sind in Kraft']],
      result,
      file,
    ],
  },
  'emergency-exercise': {
    title: ['Practise an incident', 'Einen Vorfall üben'],
    cadence: 'P1Y',
    asks: [
      ['scenario', 'text', ['What was practised', 'Was geübt wurde']],
      ['people', 'number', ['People who took part', 'Beteiligte']],
      ['minutes', 'number', ['Minutes until the first decision', 'Minuten bis zur ersten Entscheidung']],
      measures,
      file,
    ],
  },
  'load-test': {
    title: ['Run a load test', 'Lasttest durchführen'],
    cadence: 'P1Y',
    asks: [
      ['requests', 'number', ['Requests in a second', 'Anfragen je Sekunde']],
      ['p95', 'number', ['95th percentile in milliseconds', '95. Perzentil in Millisekunden']],
      ['held', 'yes-no', ['The target was met', 'Das Ziel wurde erreicht']],
      report('The report of the test', 'Der Testbericht'),
    ],
  },
  'release-strategy': {
    title: ['Check a release before it goes out', 'Eine Version vor der Auslieferung prüfen'],
    release: true,
    fourEyes: true,
    asks: [
      ['tested', 'yes-no', ['Security tests passed', 'Sicherheitstests bestanden']],
      ['notes', 'link', ['Release notes', 'Versionshinweise']],
    ],
  },
  'incident-response-plan': {
    title: ['Review the response plan', 'Notfallplan für Vorfälle überprüfen'],
    cadence: 'P1Y',
    asks: [
      ['version', 'text', ['Version of the plan', 'Version des Plans']],
      ['contacts', 'yes-no', ['Its contacts are right', 'Die Kontakte darin stimmen']],
      link,
    ],
  },
  'confidentiality-agreements': {
    title: [
      'Check that everybody signed the confidentiality agreement',
      'Prüfen, ob alle zur Vertraulichkeit verpflichtet sind',
    ],
    cadence: 'P1Y',
    asks: [
      ['people', 'number', ['People who work here', 'Beschäftigte']],
      ['signed', 'number', ['Of these signed', 'Davon unterschrieben']],
      measures,
    ],
  },
}

const usual: readonly Asked[] = [result, file, link]

/** Every template: those of the catalogue's organisational measures, and what is asked of people beside checks. */
export const templates: readonly Template[] = catalogue
  .filter(({ id, kind }) => kind === 'organisational' || id in own)
  .map(({ id, title, description, evidence, cadence }) => {
    const given = own[id]
    const say = (at: 0 | 1, language: 'en' | 'de'): Said => ({
      title: given?.title[at] ?? title[language],
      instruction: `${description[language]} ${evidence[language]}`,
      form: (given?.asks ?? usual).map((asked) => fieldOf(asked, at)),
    })
    return {
      id,
      cadence: given?.release ? null : (given?.cadence ?? cadence ?? 'P1Y'),
      fourEyes: given?.fourEyes ?? false,
      en: say(0, 'en'),
      de: say(1, 'de'),
    }
  })

function fieldOf([id, kind, label, optional]: Asked, at: 0 | 1): Field {
  return { id, kind, label: label[at], required: optional === undefined }
}
