import { Refusal } from './refusal.ts'
import type { Remote } from './remote.ts'
import { clean, hang } from './terminal.ts'

/** How data travels: JSON both ways, a file in, a file out, or a stream of server-sent events. */
export type RemoteKind = 'json' | 'upload' | 'download' | 'stream'

/** An operation of a server, as its own OpenAPI document tells it. */
export interface RemoteOperation {
  readonly id: string
  readonly summary: string
  readonly method: 'get' | 'post'
  /** With `{tenant}` where it works in a tenant. */
  readonly path: string
  readonly kind: RemoteKind
  /** Whether a file comes back: of a download, and of an upload that is answered with what became of it. */
  readonly handsOut: boolean
  readonly fields: readonly RemoteField[]
}

/** Something that an operation takes. */
export interface RemoteField {
  readonly name: string
  readonly isRequired: boolean
  readonly type: string
}

type Members = Readonly<Record<string, unknown>>

const binary = 'application/octet-stream'
const events = 'text/event-stream'

/**
 * The operations of a server. The command line knows none of its own: a server of any version describes what it does.
 *
 * @throws {Refusal} no OpenAPI document
 */
export async function readOperations(remote: Remote): Promise<RemoteOperation[]> {
  const document = await remote.json(await remote.send('/openapi.json', { method: 'GET' }))
  const paths = members(members(document)['paths'])
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const description = members(methods)[method]
      return description === undefined ? [] : [operationOf(path, method, members(description))]
    }),
  )
  if (operations.length === 0) throw new Refusal(`${remote.origin} describes no operations. Is it an art32 server?`)
  return operations.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The operation of an id. @throws {Refusal} unknown, with those near it */
export function findOperation(operations: readonly RemoteOperation[], id: string): RemoteOperation {
  const found = operations.find((operation) => operation.id === id)
  if (found !== undefined) return found
  const [noun = '', verb = ''] = id.split('.')
  const near = operations.filter((one) => one.id.startsWith(`${noun}.`) || (verb !== '' && one.id.endsWith(`.${verb}`)))
  const hint = near.length > 0 ? `Near it: ${near.map((one) => one.id).join(', ')}` : 'art32 call --list shows them'
  throw new Refusal(`The server has no such operation. ${hint}.`)
}

/** The operations with what they take, as text for people. */
export function describeOperations(operations: readonly RemoteOperation[], columns: number): string {
  return operations
    .map(({ id, summary, fields, kind, handsOut, path }) => {
      const takes = [
        ...(path.includes('{tenant}') ? ['--tenant'] : []),
        ...(kind === 'upload' ? ['--file'] : []),
        ...(handsOut ? ['--output'] : []),
        ...fields.map(({ name, isRequired, type }) => `${name}${isRequired ? '' : '?'}: ${type}`),
      ]
      const label = `${clean(id).padEnd(28)} `
      return [
        hang(label, summary, columns),
        ...(takes.length > 0 ? [hang(' '.repeat(label.length), takes.join(', '), columns)] : []),
      ].join('')
    })
    .join('')
}

function operationOf(path: string, method: 'get' | 'post', description: Members): RemoteOperation {
  const body = members(members(description['requestBody'])['content'])
  const answer = members(members(members(description['responses'])['200'])['content'])
  const kind = binary in body ? 'upload' : binary in answer ? 'download' : events in answer ? 'stream' : 'json'
  const handsOut = binary in answer
  return {
    id: text(description['operationId']),
    summary: text(description['summary']),
    method,
    path,
    kind,
    handsOut,
    fields: [
      ...queryFields(description['parameters']),
      ...bodyFields(members(members(body['application/json'])['schema'])),
    ],
  }
}

function queryFields(parameters: unknown): RemoteField[] {
  if (!Array.isArray(parameters)) return []
  return parameters
    .map((parameter: unknown) => members(parameter))
    .filter((parameter) => parameter['in'] === 'query')
    .map(({ name, required, schema }) => ({ name: text(name), isRequired: required === true, type: typeOf(schema) }))
}

function bodyFields({ properties, required }: Members): RemoteField[] {
  const needed = Array.isArray(required) ? required : []
  return Object.entries(members(properties)).map(([name, schema]) => ({
    name,
    isRequired: needed.includes(name),
    type: typeOf(schema),
  }))
}

/** A type in few words; the whole schema stands in the server's OpenAPI document. */
function typeOf(schema: unknown): string {
  const { enum: values, type, format, anyOf, const: only } = members(schema)
  if (Array.isArray(values)) return values.map(String).join('|')
  if (Array.isArray(anyOf)) return anyOf.map(typeOf).join('|')
  if (only !== undefined) return JSON.stringify(only)
  return typeof format === 'string' ? format : typeof type === 'string' ? type : 'any'
}

function members(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
