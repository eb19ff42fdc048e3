import { confirming } from './confirm.ts'
import { findOperation, readOperations, type RemoteOperation } from './remote-operation.ts'
import type { Remote } from './remote.ts'
import type { Terminal } from './terminal.ts'

const known = new WeakMap<Remote, Promise<RemoteOperation[]>>()

/** Runs an operation in a tenant whose answer is JSON. @throws {Refusal} the server's own sentence */
export async function operate<T>(
  remote: Remote,
  terminal: Terminal,
  tenant: string,
  id: string,
  input: object = {},
): Promise<T> {
  const answer = await confirming(remote, terminal, async () => await send(remote, tenant, id, input))
  // A server of another version answers otherwise; what is missing is then shown as nothing.
  return (await remote.json(answer)) as T
}

/** Follows a stream of a tenant. @returns each snapshot as it comes */
export async function* watch<T>(remote: Remote, tenant: string, id: string, input: object): AsyncGenerator<T> {
  const answer = await send(remote, tenant, id, input)
  let rest = ''
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = `${rest}${part}`.replaceAll('\r\n', '\n').split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = event
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('')
      if (data !== '') yield JSON.parse(data) as T
    }
  }
}

async function send(remote: Remote, tenant: string, id: string, input: object): Promise<Response> {
  const operations = known.get(remote) ?? readOperations(remote)
  known.set(remote, operations)
  const { path, method, kind } = findOperation(await operations, id)
  const address = path.replace('{tenant}', encodeURIComponent(tenant))
  const accept = kind === 'stream' ? 'text/event-stream' : '*/*'
  if (method === 'get') {
    const query = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]))
    return await remote.send(`${address}?${query.toString()}`, { method: 'GET', headers: { accept } })
  }
  const headers = { accept, 'content-type': 'application/json' }
  return await remote.send(address, { method: 'POST', headers, body: JSON.stringify(input) })
}
