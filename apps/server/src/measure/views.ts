import { z } from 'zod'
import { assurances, publicStates } from '@art32/press'
import { environments } from '../system/index.ts'

/** An instant as ISO 8601 in UTC. */
export const Instant = z.iso.datetime()

/** A declared deviation, as a line shows it; `until` is the last day. */
const Exception = z.object({ until: z.iso.date(), reason: z.string() })

/** One check behind a part, as the workplace shows it. */
export const PartCheckView = z.object({
  check: z.string(),
  relation: z.enum(['proves', 'supports']),
  systemId: z.uuid(),
  state: z.enum(['pass', 'fail', 'info', 'not-evaluated', 'not-applicable']),
  reason: z.string().nullable(),
  at: Instant,
  freshUntil: Instant,
  /** Whether exceptions cover all that fails. */
  excepted: z.boolean(),
  /** Exceptions that hold for the check on the system. */
  exceptions: z.array(Exception),
})

/** One catalogue measure that a statement means. */
export const PartView = z.object({
  catalogueId: z.string(),
  /** 0 to 1, by the reader; 1 where a person chose it. */
  confidence: z.number(),
  confirmedBy: z.enum(['person', 'release']).nullable(),
  confirmedAt: Instant.nullable(),
  /** Whether a check of this release could prove it. */
  provable: z.boolean(),
  checks: z.array(PartCheckView),
  /** What signatories said of it, by role; overdue ones are among them. */
  /** Duties and guidelines behind the part; `by`, `at` and `freshUntil` are null where nobody has signed off yet. */
  signOffs: z.array(
    z.object({
      title: z.string(),
      /** The role of who signed. */
      by: z.string().nullable(),
      at: Instant.nullable(),
      freshUntil: Instant.nullable(),
      /** Overdue beyond its grace. */
      isOverdue: z.boolean(),
      performed: z.object({ onTime: z.int(), of: z.int() }).nullable(),
    }),
  ),
  /** Processors that guarantee the part, and who does what of it; `freshUntil` is null where not all of it is on file. */
  guarantees: z.array(
    z.object({
      processor: z.string(),
      title: z.string(),
      contractOf: z.enum(['us', 'customer']),
      byProcessor: z.string(),
      byUs: z.string(),
      byCustomer: z.string(),
      freshUntil: Instant.nullable(),
    }),
  ),
})

/** The register's side of a statement. */
export const MeasureView = z.object({
  id: z.uuid(),
  /** Send it back with a change; another's change in between is refused. */
  revision: z.int(),
  owner: z.string().nullable(),
  guarantor: z.enum(['us', 'processor', 'customer']),
  /** Ids of systems; empty: every system of the environments. */
  scope: z.array(z.uuid()),
  /** Which environments count. */
  environments: z.array(z.enum(environments)),
  /** ISO 8601 duration. */
  cadence: z.string().nullable(),
  visibility: z.enum(['public', 'customers', 'auditors']),
  /** Why it is no measure; null: it counts. */
  ignored: z.string().nullable(),
  assurance: z.enum(assurances),
  publicState: z.enum(publicStates),
  checkedAt: Instant.nullable(),
  freshUntil: Instant.nullable(),
  next: z.enum(['confirm', 'choose', 'mend', 'connect', 'look-again', 'plan', 'none']),
  /** Parameters of the statement that no passing check has proven. */
  unproven: z.array(z.string()),
  /** Exceptions that hold: with one, the line is never plain verified. */
  exception: Exception.nullable(),
  /** How many of the discovered systems that belong to it are in its scope; null: none was discovered. */
  discovered: z.object({ en: z.string(), de: z.string() }).nullable(),
  parts: z.array(PartView),
})

/** One sentence, bullet or table cell of the document, with its measure where it promises one. */
export const StatementView = z.object({
  id: z.uuid(),
  line: z.int(),
  page: z.int().nullable(),
  section: z.string(),
  /** Depth of a heading, from 1. */
  level: z.int().nullable(),
  text: z.string(),
  type: z.enum(['measure', 'heading', 'commitment', 'note', 'meta']),
  status: z.enum(['in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable']),
  nature: z.enum(['technical', 'organisational']).nullable(),
  parameters: z.record(z.string(), z.unknown()),
  systems: z.array(z.string()),
  /** What the statement itself says about its rhythm, as the reader found it. */
  cadence: z.unknown(),
  /** Whether the reader is sure of its mapping. */
  sure: z.boolean(),
  /** Under which condition a conditional statement holds; null: none is named. */
  condition: z.string().nullable(),
  measure: MeasureView.nullable(),
})

/** A document in the list. */
export const DocumentView = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string().nullable(),
  format: z.string(),
  language: z.enum(['en', 'de']),
  words: z.int(),
  pages: z.int().nullable(),
  dated: z.string().nullable(),
  version: z.string().nullable(),
  /** `draft`: read, not yet in use. `register`: the tenant's TOM document. `replaced`: it was, until another came. */
  state: z.enum(['draft', 'register', 'replaced']),
  origin: z.enum(['upload', 'release']),
  readAt: Instant,
})

/** How far the document covers one provision or goal. */
const CoverageEntry = z.object({
  key: z.string(),
  covered: z.boolean(),
  /** In place counts 1, conditional one half. */
  weight: z.number(),
  statements: z.array(z.string()),
  /** Essential measures that were not found: please point to them if they are there. */
  missing: z.array(z.string()),
})

/** What Art. 32, 25, 28 and the protection goals ask for, and what of it was found. */
export const CoverageView = z.object({ provisions: z.array(CoverageEntry), goals: z.array(CoverageEntry) })

/** A fault of the document. */
export const FaultView = z.object({
  rule: z.string(),
  level: z.enum(['error', 'warning', 'info']),
  line: z.int().nullable(),
  page: z.int().nullable(),
  text: z.string(),
  why: z.string(),
  remedy: z.string(),
})

/** The whole register: the document as the dashboard. */
export const RegisterView = z.object({
  document: DocumentView,
  counts: z.object({
    assurance: z.record(z.enum(assurances), z.int()),
    public: z.record(z.enum(publicStates), z.int()),
    /** Measures that count. */
    lines: z.int(),
    /** Of them, with a mapping that nobody has confirmed. */
    unconfirmed: z.int(),
  }),
  statements: z.array(StatementView),
  coverage: CoverageView,
  faults: z.array(FaultView),
})
