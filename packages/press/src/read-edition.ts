import { assurances, publicStates } from './assurance.ts'
import { aspects, changeKinds, directions } from './compare/kinds.ts'
import type { EditionDocument } from './edition.ts'
import { logoLimits } from './letterhead.ts'
import {
  byKind,
  EditionError,
  flag,
  instant,
  listOf,
  mapOf,
  matching,
  oneOf,
  orNull,
  points,
  promised,
  record,
  text,
  whole,
} from './shape.ts'
import type { JsonSchema, Shape } from './shape.ts'

/**
 * Reads an edition from its JSON, which may come from anybody.
 *
 * Only the shape is judged, completely and strictly: a field that the format does not have is refused too, since nobody
 * would see what it says. What the edition claims is judged by `auditEdition`.
 *
 * @throws EditionError  with the place and what was expected there
 */
export function readEdition(json: string): EditionDocument {
  const value = parsed(json)
  edition.check(value, 'edition')
  return value as EditionDocument
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new EditionError('The edition is not JSON: the file is damaged or not an edition.', { cause })
  }
}

const numbers = (names: readonly string[]): Shape => record(Object.fromEntries(names.map((name) => [name, whole])))

const common = { title: text, at: instant, leaf: whole }

const backing = byKind({
  check: [
    {
      ...common,
      check: text,
      role: oneOf('proves', 'supports'),
      system: text,
      state: oneOf('pass', 'fail', 'info', 'not-evaluated', 'not-applicable', 'stale'),
    },
    { reason: text, signedBy: orNull(text) },
  ],
  'sign-off': [{ ...common, by: text }, { performed: record({ onTime: whole, of: whole }) }],
  agreement: [
    { ...common, processor: text },
    { until: instant, contractOf: oneOf('customer') },
  ],
})

const part = record({
  measure: text,
  title: text,
  required: flag,
  backing: listOf(backing),
  confirmedBy: orNull(record({ by: oneOf('person', 'release'), at: instant, leaf: whole })),
})

const block = byKind({
  text: [{ text }],
  line: [
    {
      id: text,
      text,
      status: oneOf('in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable'),
      assurance: oneOf(...assurances),
      publicState: oneOf(...publicStates),
      parts: listOf(part),
      checkedAt: orNull(instant),
      freshUntil: orNull(instant),
      guarantor: oneOf('us', 'processor', 'customer'),
      visibility: oneOf('public', 'customers', 'auditors'),
      cites: listOf(whole),
    },
    {
      period: record(
        { held: whole, failed: whole, notLooked: whole },
        { gaps: listOf(record({ from: instant, until: instant })) },
      ),
      condition: text,
      exception: record({ until: text, reason: text }),
      owner: text,
      cadence: text,
      rhythm: text,
      parameters: mapOf(promised),
      systems: listOf(text),
      responsibilities: listOf(record({ who: oneOf('processor', 'us', 'customer'), text }, { name: text })),
      overdue: listOf(text),
    },
  ],
})

const difference = record({
  aspect: oneOf(...aspects),
  of: text,
  before: text,
  after: text,
  direction: oneOf(...directions),
})

const decision = record(
  {
    before: text,
    after: text,
    differences: listOf(difference),
    reason: text,
    by: text,
    at: instant,
    leaf: whole,
    visibility: oneOf('public', 'customers', 'auditors'),
  },
  { equivalent: text },
)

const changes = record({
  since: whole,
  date: instant,
  counts: numbers(changeKinds),
  decisions: listOf(decision),
  levels: listOf(record({ goal: text, before: points, after: points })),
})

const colour = matching('^#[0-9a-f]{6}$', 'a colour such as #1d5b8c', 7)

const letterhead = record(
  {},
  {
    accent: record({ light: colour, dark: colour }),
    logo: record({
      type: oneOf('image/png'),
      width: whole,
      height: whole,
      bytes: matching(
        '^[A-Za-z0-9+/]+={0,2}$',
        'the base64 of a picture of at most 16 KiB',
        Math.ceil(logoLimits.bytes / 3) * 4,
      ),
    }),
  },
)

const edition = record(
  {
    format: oneOf('art32.edition/1'),
    tenant: record({ publicId: text, name: text }),
    state: oneOf('draft', 'edition'),
    number: orNull(whole),
    language: oneOf('en', 'de'),
    title: text,
    date: instant,
    legalFrame: listOf(text),
    scope: text,
    source: orNull(record({ name: text, sha256: text, readAt: instant })),
    review: orNull(record({ by: text, at: instant })),
    mapping: numbers(['person', 'release', 'none']),
    counts: record({ lines: whole, assurance: numbers(assurances), public: numbers(publicStates) }),
    sections: listOf(record({ id: text, title: text, level: whole, blocks: listOf(block) })),
    withheld: numbers(['customers', 'auditors']),
    ledger: record({ origin: text, size: whole, root: text, key: text, checkpoint: text }),
    limits: listOf(text),
  },
  { changes, letterhead },
)

/**
 * The format `art32.edition/1` as a JSON Schema, made from the very shapes with which {@link readEdition} reads. What a
 * schema cannot say, the reader refuses beyond it: an instant that is none.
 */
export const editionSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:art32:edition:1',
  title: 'art32.edition/1',
  description:
    'An edition of a document of technical and organisational measures, or a draft of one. Fields are only added as optional ones within a version; a changed meaning makes a new version.',
  ...edition.schema,
}

/** The schema as the file that is published: indented, so that people can read it. */
export function renderSchema(): string {
  return `${JSON.stringify(editionSchema, null, 2)}\n`
}
