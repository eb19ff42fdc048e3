import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Place } from './connection.ts'

/** A server of the demo cannot get its port or its address. The message names the place and the remedy. */
export class PortRefused extends Error {
  override readonly name = 'PortRefused'
}

/**
 * Ports of the demo's servers by name: free ones at first, the same ones at each later start, since connections are kept.
 *
 * @param folder holds `ports.txt`
 */
export function openPorts(folder: string, host: string): { readonly place: Place; readonly save: () => void } {
  const file = join(folder, 'ports.txt')
  const known = new Map(existsSync(file) ? readPorts(readFileSync(file, 'utf8')) : [])
  return {
    async place(name) {
      const had = known.get(name)
      const port = await tryPort(host, had ?? 0).catch((error: unknown) => {
        throw new PortRefused(sentenceOf(error, { name, host, port: had, folder }), { cause: error })
      })
      known.set(name, port)
      return { host, port }
    },
    save() {
      writeFileSync(`${file}.new`, [...known].map(([name, port]) => `${port} ${name}\n`).join(''), { flush: true })
      renameSync(`${file}.new`, file)
    },
  }
}

/** One server on each line: its port and its name. */
function readPorts(text: string): [string, number][] {
  return text.split('\n').flatMap((line) => {
    const [, port, name] = /^(\d{1,5}) (.+)$/.exec(line) ?? []
    return name === undefined ? [] : [[name, Number(port)]]
  })
}

/** Listens for a moment. @returns the port */
async function tryPort(host: string, wanted: number): Promise<number> {
  const server = createServer()
  return await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, host, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function sentenceOf(
  error: unknown,
  { name, host, port, folder }: { name: string; host: string; port: number | undefined; folder: string },
): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'EADDRINUSE')
    return `The demo's server "${name}" had port ${port} of ${host} at its first start, and another program listens there now. End that program, or start the demo with another data folder (ART32_DATA).`
  if (code === 'EACCES' || code === 'EPERM')
    return `This machine does not let the demo's server "${name}" listen on ${host}. Loopback addresses must be free to use; a sandbox or security profile forbids it.`
  if (code === 'EADDRNOTAVAIL')
    return `This machine has no address ${host}, on which the demo's server "${name}" listens. Give its loopback interface 127.0.0.0/8.`
  return `The demo's server "${name}" cannot listen on ${host} (${code}); its ports stand in ${folder}/ports.txt.`
}
