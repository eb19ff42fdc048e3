import { publicStateOf } from './assurance.ts'
import { citesOf, countLines, countMapping, linesOf } from './edition.ts'
import type { Backing, Confirmation, EditionDocument, Line, Part, Section } from './edition.ts'
import type { Language } from './language.ts'
import type { Logo } from './letterhead.ts'
import type { AgreementRecord, ConfirmationRecord, OutcomeRecord, SignOffRecord } from './records.ts'
import { limitSentences } from './words.ts'

/**
 * A synthetic edition in both languages for the tests, with every assurance, and the records that its lines cite.
 */

const made = '2026-11-22T08:15:00Z'
const looked = '2026-11-22T06:00:00Z'
const fresh = '2026-11-29T06:00:00Z'

/** One line as a table row: everything else follows from it. */
interface Row {
  readonly text: Readonly<Record<Language, string>>
  readonly measure: string
  readonly title: Readonly<Record<Language, string>>
  readonly assurance: Line['assurance']
  readonly more?: Partial<Line>
  readonly shares?: Readonly<Record<Language, NonNullable<Line['responsibilities']>>>
}

const chapters: readonly { readonly title: Readonly<Record<Language, string>>; readonly rows: readonly Row[] }[] = [
  {
    title: { en: 'Confidentiality (Art. 32(1)(b) GDPR)', de: 'Vertraulichkeit (Art. 32 Abs. 1 lit. b DSGVO)' },
    rows: [
      {
        text: {
          en: 'All connections to the application use TLS 1.2 or newer; older versions are refused.',
          de: 'Alle Verbindungen zur Anwendung nutzen TLS 1.2 oder neuer; ältere Versionen werden abgelehnt.',
        },
        measure: 'transport-encryption',
        title: { en: 'Encryption in transit', de: 'Verschlüsselung bei der Übertragung' },
        assurance: 'verified',
        more: {
          period: { held: 357, failed: 3, notLooked: 5 },
          systems: ['www.example.com', 'api.example.com'],
          owner: 'CTO',
        },
      },
      {
        text: {
          en: 'Keys to the office are handed out against a signature, and the list of keys is reviewed every six months.',
          de: 'Büroschlüssel werden gegen Unterschrift ausgegeben; die Schlüsselliste wird halbjährlich geprüft.',
        },
        measure: 'key-list',
        title: { en: 'List of keys', de: 'Schlüsselliste' },
        assurance: 'attested',
        more: { cadence: 'every six months', owner: 'Office' },
      },
      {
        text: {
          en: 'The data centre is guarded around the clock and entered by electronic key only.',
          de: 'Das Rechenzentrum ist rund um die Uhr bewacht und nur mit elektronischem Schlüssel zugänglich.',
        },
        measure: 'data-centre-access',
        title: { en: 'Access to the data centre', de: 'Zutritt zum Rechenzentrum' },
        assurance: 'inherited',
        more: { guarantor: 'processor' },
        shares: {
          en: [
            { who: 'processor', name: 'Hosting Example', text: 'guards the data centre' },
            { who: 'us', text: 'checks its papers once a year' },
          ],
          de: [
            { who: 'processor', name: 'Hosting Example', text: 'bewacht das Rechenzentrum' },
            { who: 'us', text: 'prüft einmal im Jahr die Unterlagen' },
          ],
        },
      },
      {
        text: {
          en: 'The customer decides which of its own users may see personal data.',
          de: 'Der Kunde entscheidet, welche seiner Nutzerinnen und Nutzer personenbezogene Daten sehen dürfen.',
        },
        measure: 'customer-roles',
        title: { en: 'Roles in the application', de: 'Rollen in der Anwendung' },
        assurance: 'customer',
        more: { guarantor: 'customer' },
      },
      {
        text: {
          en: 'Internal references are pseudonymised where possible.',
          de: 'Interne Verweise werden, soweit möglich, pseudonymisiert.',
        },
        measure: 'pseudonymisation',
        title: { en: 'Pseudonymisation', de: 'Pseudonymisierung' },
        assurance: 'stated',
        more: { status: 'conditional', condition: 'where possible' },
      },
    ],
  },
  {
    title: { en: 'Integrity (Art. 32(1)(b) GDPR)', de: 'Integrität (Art. 32 Abs. 1 lit. b DSGVO)' },
    rows: [
      {
        text: {
          en: 'It is recorded who entered, changed or removed personal data, and when. In progress.',
          de: 'Es wird festgehalten, wer wann personenbezogene Daten eingegeben, geändert oder entfernt hat. In Arbeit.',
        },
        measure: 'input-control',
        title: { en: 'Input control', de: 'Eingabekontrolle' },
        assurance: 'planned',
        more: { status: 'planned' },
      },
      {
        text: {
          en: 'Changes to the source code are reviewed by a second developer before they are merged.',
          de: 'Änderungen am Quelltext werden vor dem Zusammenführen von einer zweiten Person geprüft.',
        },
        measure: 'code-review',
        title: { en: 'Review of changes', de: 'Prüfung von Änderungen' },
        assurance: 'verified',
        more: { exception: { until: '2027-01-31', reason: 'One repository moves to the new host until then.' } },
      },
      {
        text: { en: 'A VPN connects the office to the servers.', de: 'Ein VPN verbindet das Büro mit den Servern.' },
        measure: 'vpn',
        title: { en: 'VPN', de: 'VPN' },
        assurance: 'absent',
        more: { status: 'not-in-place' },
      },
    ],
  },
  {
    title: {
      en: 'Availability and resilience (Art. 32(1)(b), (c) GDPR)',
      de: 'Verfügbarkeit und Belastbarkeit (Art. 32 Abs. 1 lit. b, c DSGVO)',
    },
    rows: [
      {
        text: {
          en: 'Backups are made every day and kept at a second place, organisationally separate from the first.',
          de: 'Sicherungen werden täglich erstellt und an einem zweiten, organisatorisch getrennten Ort aufbewahrt.',
        },
        measure: 'backup-daily',
        title: { en: 'Daily backup', de: 'Tägliche Sicherung' },
        assurance: 'failing',
      },
      {
        text: {
          en: 'A restore is practised twice a year.',
          de: 'Die Wiederherstellung wird zweimal im Jahr geübt.',
        },
        measure: 'restore-drill',
        title: { en: 'Restore drill', de: 'Wiederherstellungsübung' },
        assurance: 'lapsed',
        more: { visibility: 'customers' },
      },
      {
        text: {
          en: 'The database servers run on mirrored disks behind an uninterruptible power supply.',
          de: 'Die Datenbankserver laufen auf gespiegelten Platten hinter einer unterbrechungsfreien Stromversorgung.',
        },
        measure: 'raid',
        title: { en: 'Mirrored disks', de: 'Gespiegelte Platten' },
        assurance: 'verified',
      },
    ],
  },
]

/** Builds the example; each line has two leaves: `2n` confirms its mapping, `2n + 1` backs it. */
export function exampleEdition(language: Language): EditionDocument {
  let row = 0
  const sections: Section[] = chapters.map((chapter, index) => ({
    id: `chapter-${index + 1}`,
    title: chapter.title[language],
    level: 1,
    blocks: [
      ...(index === 0 ? [{ kind: 'text' as const, text: introduction[language] }] : []),
      ...chapter.rows.map((entry) => lineOf(entry, row++, language)),
    ],
  }))
  return withSections(frame(language), sections)
}

/** The same edition with other sections, its counts computed anew. */
export function withSections(edition: EditionDocument, sections: readonly Section[]): EditionDocument {
  const lines = linesOf(sections)
  return { ...edition, sections, counts: countLines(lines), mapping: countMapping(lines) }
}

/** An edition of many lines: the chapters of the example repeated. */
export function longEdition(language: Language, repeats: number): EditionDocument {
  const edition = exampleEdition(language)
  const sections = Array.from({ length: repeats }, (_, turn) =>
    edition.sections.map((section) => ({
      ...section,
      id: `${section.id}-${turn}`,
      blocks: section.blocks.map((block) => (block.kind === 'text' ? block : { ...block, id: `${block.id}-${turn}` })),
    })),
  ).flat()
  return withSections(edition, sections)
}

/** What the cited leaves of an edition say when they are opened, as `art32 verify` finds them in a bundle. */
export function exampleRecords(edition: EditionDocument): Map<number, ExampleRecord> {
  const entries = linesOf(edition.sections).flatMap((line) =>
    line.parts.flatMap((part) => [
      ...(part.confirmedBy ? [confirmationOf(line, part, part.confirmedBy)] : []),
      ...part.backing.map((backing) => [backing.leaf, recordOf(line, part, backing)] as const),
    ]),
  )
  return new Map(entries)
}

type ExampleRecord = OutcomeRecord | ConfirmationRecord | SignOffRecord | AgreementRecord

function confirmationOf(line: Line, part: Part, { by, at, leaf }: Confirmation): readonly [number, ExampleRecord] {
  return [leaf, { format: 'art32.confirmation/1', statement: line.id, measures: [part.measure], by, at }]
}

function recordOf(line: Line, part: Part, backing: Backing): ExampleRecord {
  const { at } = backing
  const freshUntil = line.freshUntil ?? fresh
  switch (backing.kind) {
    case 'check':
      return {
        format: 'art32.outcome/1',
        check: backing.check,
        checkVersion: '1',
        system: '0b9f6c1e-6a52-4bb7-9f5e-1f1d5f0a7c11',
        subject: '',
        state: backing.state === 'stale' ? 'pass' : backing.state,
        at,
        params: {},
        factsHash: '0'.repeat(64),
        freshUntil,
      }
    case 'sign-off':
      return { format: 'art32.sign-off/1', measure: part.measure, at, freshUntil, evidence: [] }
    case 'agreement':
      return {
        format: 'art32.agreement/1',
        contractOf: 'us',
        measures: [part.measure],
        at,
        freshUntil,
        agreement: ['a'.repeat(64)],
        proof: ['b'.repeat(64)],
      }
  }
}

const introduction: Readonly<Record<Language, string>> = {
  en: 'The provider has taken the following measures. They are reviewed at least once a year and whenever the processing changes.',
  de: 'Der Anbieter hat die folgenden Maßnahmen getroffen. Sie werden mindestens jährlich und bei jeder Änderung der Verarbeitung überprüft.',
}

function lineOf(row: Row, index: number, language: Language): Line {
  const lapsed = row.assurance === 'lapsed'
  const part: Part = {
    measure: row.measure,
    title: row.title[language],
    required: true,
    backing: backingOf(row, 2 * index + 1),
    confirmedBy: row.assurance === 'stated' ? null : { by: 'person', at: looked, leaf: 2 * index },
  }
  return {
    kind: 'line',
    id: `line-${index + 1}`,
    text: row.text[language],
    status: 'in-place',
    assurance: row.assurance,
    publicState: publicStateOf(row.assurance, true),
    parts: [part],
    checkedAt: part.backing[0]?.at ?? null,
    freshUntil: part.backing.length === 0 ? null : lapsed ? '2026-11-01T06:00:00Z' : fresh,
    guarantor: 'us',
    visibility: 'public',
    cites: citesOf([part]),
    ...(row.shares ? { responsibilities: row.shares[language] } : {}),
    ...row.more,
  }
}

function backingOf(row: Row, leaf: number): Backing[] {
  switch (row.assurance) {
    case 'verified':
    case 'failing':
    case 'lapsed': {
      const state = row.assurance === 'failing' ? 'fail' : row.assurance === 'lapsed' ? 'stale' : 'pass'
      const check = `example.${row.measure}`
      const at = row.assurance === 'lapsed' ? '2026-05-01T06:00:00Z' : looked
      return [{ kind: 'check', check, title: row.title.en, role: 'proves', system: 'www.example.com', state, at, leaf }]
    }
    case 'attested':
      return [{ kind: 'sign-off', title: 'Key list review', by: 'Head of Office', at: looked, leaf }]
    case 'inherited':
      return [
        {
          kind: 'agreement',
          processor: 'Hosting Example',
          contractOf: 'customer',
          title: 'Agreement under Art. 28',
          at: looked,
          until: fresh,
          leaf,
        },
      ]
    default:
      return []
  }
}

function frame(language: Language): EditionDocument {
  const none = countLines([])
  return {
    format: 'art32.edition/1',
    tenant: { publicId: 'k3v9x2', name: 'Example Software GmbH' },
    state: 'edition',
    number: 3,
    language,
    title: { en: 'Technical and organisational measures', de: 'Technische und organisatorische Maßnahmen' }[language],
    date: made,
    legalFrame: {
      en: ['Art. 25 GDPR', 'Art. 28 GDPR', 'Art. 32 GDPR'],
      de: ['Art. 25 DSGVO', 'Art. 28 DSGVO', 'Art. 32 DSGVO'],
    }[language],
    scope: {
      en: 'The hosted application and the support for it.',
      de: 'Die gehostete Anwendung und der Support dafür.',
    }[language],
    source: {
      name: language === 'en' ? 'measures-2026.docx' : 'massnahmen-2026.docx',
      sha256: '9f2c4e8d1b7a60355e44c1d2a98b7f60c3d4e5f6a7b8c9d0e1f203142536475a',
      readAt: '2026-11-20T10:00:00Z',
    },
    review: { by: language === 'en' ? 'Managing Director' : 'Geschäftsführung', at: '2026-11-21T14:30:00Z' },
    mapping: { person: 0, release: 0, none: 0 },
    counts: none,
    sections: [],
    withheld: { customers: 0, auditors: 0 },
    ledger: {
      origin: 'art32.example/t/k3v9x2',
      size: 1284,
      root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      key: 'art32.example/t/k3v9x2+9b1c2d3e+AXEhuqkbnu5SHCnCkjPZqaxGYEyPx7hxvhCV5Xx0lqnX',
      checkpoint:
        'art32.example/t/k3v9x2\n1284\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— art32.example/t/k3v9x2 mxwtPgRJc0v8kq7o1f1sJt0lCqS3M0m2b1o6bXyJw7n3sV6y2q8a4u5d9e0f1g2h3i4j5k6l7m8n9o0p1q2r3s4t5u6v7w8x9y0=\n',
    },
    limits: limitSentences(language, { witnesses: [], timeStamps: null }),
  }
}

/** Three bars, 32 × 16. */
const logo: Logo = {
  type: 'image/png',
  width: 32,
  height: 16,
  bytes:
    'iVBORw0KGgoAAAANSUhEUgAAACAAAAAQCAYAAAB3AH1ZAAAAIklEQVR42mNgGAWjYKABV27Uf2yYbupHHTDqgFEHjIIRDwA06uRhV+qXNgAAAABJRU5ErkJggg==',
}

/** An edition that has every field of the format, the optional ones too. */
export function fullEdition(language: Language): EditionDocument {
  const edition = exampleEdition(language)
  const [first, ...others] = edition.sections
  if (!first) return edition
  const blocks = first.blocks.map((block, index) =>
    block.kind === 'line' && index === 1
      ? {
          ...block,
          condition: 'where possible',
          exception: { until: '2027-01-31', reason: 'One host moves until then.' },
          period: {
            held: 357,
            failed: 3,
            notLooked: 5,
            gaps: [{ from: '2026-03-02T10:00:00Z', until: '2026-03-07T09:00:00Z' }],
          },
          overdue: ['Review the key list'],
          cadence: 'annually',
          rhythm: 'P1Y',
          parameters: { tls: '1.2', days: 30, offsite: true, places: ['Berlin', 'Köln'], half: 0.5 },
          parts: block.parts.map((part) => ({
            ...part,
            backing: [
              ...part.backing,
              {
                kind: 'sign-off' as const,
                title: 'Review the key list',
                by: 'Head of Office',
                performed: { onTime: 11, of: 12 },
                at: '2026-05-02T09:00:00Z',
                leaf: 3,
              },
            ].map((backing) =>
              backing.kind === 'check'
                ? {
                    ...backing,
                    state: 'not-evaluated' as const,
                    reason: 'denied',
                    signedBy: 'drills.example.com+0123abcd',
                  }
                : backing,
            ),
          })),
        }
      : block,
  )
  return {
    ...edition,
    sections: [{ ...first, blocks }, ...others],
    changes: {
      since: 2,
      date: '2026-05-02T09:00:00Z',
      counts: { same: 9, reworded: 0, translated: 0, changed: 1, added: 1, removed: 0 },
      decisions: [
        {
          before: 'RAID 5',
          after: 'RAID 1',
          differences: [{ aspect: 'parameter', of: 'raid', before: '5', after: '1', direction: 'other' }],
          reason: 'The new disks are mirrored.',
          equivalent: 'Disks are mirrored.',
          by: 'Managing Director',
          at: '2026-11-21T14:30:00Z',
          leaf: 7,
          visibility: 'public',
        },
      ],
      levels: [{ goal: 'availability', before: 6.5, after: 7 }],
    },
    letterhead: { accent: { light: '#0a6d5a', dark: '#3f917f' }, logo },
  }
}
