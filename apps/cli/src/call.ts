import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileRefusal, readBounded } from './bundle-source.ts'
import { confirming } from './confirm.ts'
import { readBody } from './fetch-bytes.ts'
import { Refusal } from './refusal.ts'
import { describeOperations, findOperation, readOperations, type RemoteOperation } from './remote-operation.ts'
import { Remote } from './remote.ts'
import type { Terminal } from './terminal.ts'

/** Options of `art32 call`. */
export interface CallOptions {
  readonly url?: string
  readonly tenant?: string
  readonly input?: string
  readonly file?: string
  readonly output?: string
  readonly list?: boolean
}

type Input = Readonly<Record<string, unknown>>

const longestUpload = 100 * 1_048_576
const longestDownload = 512 * 1_048_576
const longestEvent = 4 * 1_048_576

/** Runs an operation of a server, or lists them. JSON and events go to stdout as they come. */
export async function call(id: string | undefined, options: CallOptions, terminal: Terminal): Promise<0> {
  if (id === undefined && options.list !== true)
    throw new Refusal('Name an operation, as in "art32 call edition.list"; art32 call --list shows them.')
  const remote = await Remote.open(options.url, terminal)
  const operations = await readOperations(remote)
  if (id === undefined || options.list === true) {
    const shown = id === undefined ? operations : [findOperation(operations, id)]
    terminal.out(describeOperations(shown, terminal.columns))
    return 0
  }
  const operation = findOperation(operations, id)
  const answer = await confirming(remote, terminal, () => send(remote, operation, options))
  if (operation.handsOut) await keep(answer, options.output, terminal)
  else if (operation.kind === 'stream') await follow(answer, terminal)
  else terminal.out(`${JSON.stringify(await remote.json(answer), null, 2)}\n`)
  return 0
}

async function send(remote: Remote, operation: RemoteOperation, options: CallOptions): Promise<Response> {
  const { kind, handsOut, method } = operation
  if (handsOut && options.output === undefined)
    throw new Refusal('This operation hands out a file: say where to keep it, --output FILE, or "-" for stdout.')
  if ((kind === 'upload') !== (options.file !== undefined))
    throw new Refusal(
      kind === 'upload' ? 'This operation takes a file: --file FILE.' : 'This operation takes no --file.',
    )
  const path = pathOf(operation, options.tenant)
  const input = await inputOf(options.input)
  const accept = { accept: kind === 'stream' ? 'text/event-stream' : '*/*' }
  if (options.file !== undefined) {
    const query = queryOf({ ...input, name: basename(options.file) })
    const headers = { ...accept, 'content-type': 'application/octet-stream' }
    return await remote.send(`${path}?${query}`, { method: 'POST', headers, body: await fileOf(options.file) })
  }
  if (method === 'get') return await remote.send(`${path}?${queryOf(input)}`, { method: 'GET', headers: accept })
  const headers = { ...accept, 'content-type': 'application/json' }
  return await remote.send(path, { method: 'POST', headers, body: JSON.stringify(input) })
}

function pathOf({ path, id }: RemoteOperation, tenant: string | undefined): string {
  if (!path.includes('{tenant}')) return path
  if (tenant === undefined) throw new Refusal(`${id} works in a tenant: name it, --tenant example.`)
  return path.replace('{tenant}', encodeURIComponent(tenant))
}

/** Values of a query are text; what is not is written as JSON, which for numbers and booleans is the same. */
function queryOf(input: Input): string {
  const pairs = Object.entries(input).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return new URLSearchParams(pairs).toString()
}

async function inputOf(text: string | undefined): Promise<Input> {
  if (text === undefined) return {}
  const json = text.startsWith('@') ? await textOf(text.slice(1)) : text
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Input
  } catch {
    // Not repeated: what is given may be personal or secret.
  }
  throw new Refusal(`--input takes a JSON object, as in --input '{"name": "value"}', or @file with one.`)
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw fileRefusal(error, '--input') ?? error
  }
}

async function fileOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return Uint8Array.from(await readBounded(path, longestUpload))
  } catch (error) {
    throw fileRefusal(error, '--file') ?? error
  }
}

async function keep(answer: Response, output: string | undefined, terminal: Terminal): Promise<void> {
  const bytes = await readBody(answer, longestDownload)
  if (output === undefined || output === '-') {
    process.stdout.write(bytes)
    return
  }
  try {
    await writeFile(output, bytes)
  } catch (error) {
    throw fileRefusal(error, '--output') ?? error
  }
  terminal.out(`${output}: ${bytes.length} bytes\n`)
}

/** Prints the data of each event on a line of its own (Server-Sent Events, HTML Living Standard 9.2). */
async function follow(answer: Response, terminal: Terminal): Promise<void> {
  let rest = ''
  let data: string[] = []
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = `${rest}${part}`.split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
      if (line === '' && data.length > 0) {
        terminal.out(`${data.join('')}\n`)
        data = []
      }
    }
    if (rest.length > longestEvent) throw new Refusal('The server sent an event that is too long.')
  }
}
