/** A schema of JSON Schema draft 7, as far as the tests need it. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * Says where a value breaks a schema: `/catalog/uuid: …`; nothing where it holds.
 *
 * Every keyword that could make a value invalid is obeyed, and one that is not known here is refused: a rule that nobody
 * applies would look like one that holds. Patterns are those of ECMA-262 with the flag `u`, as draft 7 asks.
 *
 * @throws {Error} a keyword that is not known, or a reference that leads nowhere
 * @source JSON Schema draft 7, section 6 (validation) and 8.3 ($ref)
 */
export function schemaProblems(root: JsonSchema, value: unknown): string[] {
  const problems: string[] = []
  check(root, root, value, '', problems)
  return problems
}

type Keyword = (rule: never, value: unknown, at: Place) => void

interface Place {
  readonly root: JsonSchema
  readonly schema: JsonSchema
  readonly path: string
  readonly problems: string[]
}

function check(root: JsonSchema, schema: JsonSchema, value: unknown, path: string, problems: string[]): void {
  // Beside a reference draft 7 reads nothing else.
  const target = schema['$ref']
  if (typeof target === 'string') {
    check(root, resolve(root, target), value, path, problems)
    return
  }
  for (const [keyword, rule] of Object.entries(schema)) {
    const obey = keywords[keyword]
    if (obey === undefined) throw new Error(`The keyword ${keyword} is not known here.`)
    obey(rule as never, value, { root, schema, path, problems })
  }
}

function resolve(root: JsonSchema, reference: string): JsonSchema {
  const found = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((above, name) => (isObject(above) ? above[name] : undefined), root)
  if (!isObject(found)) throw new Error(`The reference ${reference} leads nowhere.`)
  return found
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function holds({ root, path }: Place, schema: JsonSchema, value: unknown): boolean {
  const problems: string[] = []
  check(root, schema, value, path, problems)
  return problems.length === 0
}

const say = ({ path, problems }: Place, what: string): void => {
  problems.push(`${path || '/'}: ${what}`)
}

const keywords: Readonly<Record<string, Keyword>> = {
  $schema: () => {},
  $id: () => {},
  $comment: () => {},
  definitions: () => {},
  type(rule: string, value, at) {
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
    if (type !== rule) say(at, `is ${type}, not ${rule}`)
  },
  enum(rule: readonly unknown[], value, at) {
    if (!rule.includes(value)) say(at, `is none of ${rule.join(', ')}`)
  },
  pattern(rule: string, value, at) {
    if (typeof value === 'string' && !new RegExp(rule, 'u').test(value))
      say(at, `${JSON.stringify(value).slice(0, 80)} does not match ${rule.slice(0, 40)}`)
  },
  properties(rule: Readonly<Record<string, JsonSchema>>, value, { root, path, problems }) {
    if (!isObject(value)) return
    for (const [name, schema] of Object.entries(rule))
      if (Object.hasOwn(value, name)) check(root, schema, value[name], `${path}/${name}`, problems)
  },
  required(rule: readonly string[], value, at) {
    if (!isObject(value)) return
    for (const name of rule) if (!Object.hasOwn(value, name)) say(at, `has no ${name}`)
  },
  additionalProperties(rule: false, value, at) {
    if (rule) throw new Error('Only additionalProperties: false is known here.')
    const known = at.schema['properties']
    if (!isObject(value)) return
    for (const name of Object.keys(value))
      if (!isObject(known) || !Object.hasOwn(known, name)) say(at, `has ${name}, which is not known`)
  },
  items(rule: JsonSchema, value, { root, path, problems }) {
    if (!Array.isArray(value)) return
    value.forEach((item, index) => check(root, rule, item, `${path}/${index}`, problems))
  },
  minItems(rule: number, value, at) {
    if (Array.isArray(value) && value.length < rule) say(at, `has fewer than ${rule} items`)
  },
  allOf(rule: readonly JsonSchema[], value, { root, path, problems }) {
    for (const schema of rule) check(root, schema, value, path, problems)
  },
  anyOf(rule: readonly JsonSchema[], value, at) {
    if (!rule.some((schema) => holds(at, schema, value))) say(at, 'is none of the forms it may have')
  },
}
