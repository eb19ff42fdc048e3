import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site on this machine that sends no header of protection until it is mended. */
export interface FaultySite {
  readonly url: string
  mend(): void
  close(): Promise<void>
}

const protection = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** Starts one. */
export async function startFaultySite(): Promise<FaultySite> {
  let headers: Record<string, string> = {}
  const server = createServer((_, response) => response.writeHead(200, headers).end('<!doctype html><title>x</title>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    mend() {
      headers = protection
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** An operation of the tenant, asked as its owner. */
export type Ask = <T>(operation: string, input: object) => Promise<T>

interface Found {
  readonly key: string
  readonly check: string
  readonly systemName: string
}

/** Connects a site and waits for what a look at it finds. */
export async function findingsOn(ask: Ask, { url }: FaultySite, name: string): Promise<Found[]> {
  const { connections } = await ask<{ connections: string[] }>('connection.add', { target: url, name })
  await ask('check.run', { connectionIds: connections })
  for (let left = 100; left > 0; left--) {
    const { findings } = await ask<{ findings: Found[] }>('finding.list', {})
    const own = findings.filter(({ systemName }) => systemName === name)
    if (own.length > 1) return own
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('a look at a site without protection found nothing')
}
