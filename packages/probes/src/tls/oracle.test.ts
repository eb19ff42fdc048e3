import { execFile, spawnSync } from 'node:child_process'
import type { TlsOptions } from 'node:tls'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { judge } from '../engine/judge.ts'
import type { Outcome } from '../engine/judge.ts'
import { issue } from '../testing/certificates.ts'
import { testContext, tlsServer } from '../testing/servers.ts'
import { tlsCiphers } from './checks/ciphers.ts'
import { tlsProtocols } from './checks/protocols.ts'
import { tls } from './connector.ts'
import { tlsFacts } from './facts.ts'
import { suiteName } from './suites.ts'

/*
 * The verdicts beside those of programs that others wrote, on the same servers. Where they differ, and why:
 *
 * - Of TLS 1.3 only the suite that was agreed on is listed here, sslscan lists all: each of them is good, so none is judged.
 * - Suites are listed for the highest version up to 1.2, sslscan lists them for each. An older version is a fault by itself.
 * - sslscan calls suites without forward secrecy and CBC with SHA-1 "acceptable"; BSI TR-02102-2 does not, and they fail here.
 * - Where a client certificate is required, sslscan lists no suite at all, since it waits for the end of the handshake; here
 *   the answer to the first message is enough.
 * - testssl.sh 3.0 asks a person whether to go on with a server that speaks TLS 1.0 alone, and refuses where nobody answers.
 * - testssl.sh takes ten seconds and more for the versions of one server: it is asked for where ART32_SLOW_ORACLES is set.
 */

const run = promisify(execFile)
const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
const issued = issue()

const servers: Readonly<Record<string, TlsOptions>> = {
  'a modern one': { minVersion: 'TLSv1.2', ciphers: 'ECDHE+AESGCM:@SECLEVEL=0' },
  'TLS 1.3 alone': { minVersion: 'TLSv1.3' },
  'TLS 1.2 with CBC': { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-SHA:ECDHE-RSA-AES128-SHA256:@SECLEVEL=0' },
  'TLS 1.2 without forward secrecy': { maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384:AES128-SHA256:@SECLEVEL=0' },
  'TLS 1.1 and 1.2': { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.2', ciphers: 'ECDHE+AES:@SECLEVEL=0' },
  'TLS 1.0 alone': { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ECDHE-RSA-AES256-SHA:@SECLEVEL=0' },
  'every version': { minVersion: 'TLSv1', ciphers: 'ECDHE+AES:AES:@SECLEVEL=0' },
  'nobody at the other end': {
    maxVersion: 'TLSv1.2',
    ciphers: 'AECDH-AES256-SHA:ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0',
  },
  'no encryption': { maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0' },
}

/** What we say of a server: versions, suites of the highest version up to 1.2, and the verdicts. */
async function ours(port: number) {
  const reading = await collect(
    tls,
    { host: '127.0.0.1', port },
    testContext({ limits: { silenceMs: 2_000, answerBytes: 65_536 } }),
  )
  if (reading.read === 'no') throw new Error(reading.detail)
  const group = <T>(name: string, parse: (facts: unknown) => T): T => {
    const one = reading.facts[name]
    if (one?.read !== 'ok') throw new Error(`${name} was not seen`)
    return parse(one.facts)
  }
  const protocols = group('protocols', (facts) => tlsFacts.protocols.parse(facts))
  const ciphers = group('ciphers', (facts) => tlsFacts.ciphers.parse(facts))
  const options = { system: 'test', now: new Date() }
  const stateOf = (outcomes: readonly Outcome[], subject?: string) =>
    outcomes.some((one) => one.state === 'fail' && (subject === undefined || one.subject === subject)) ? 'fail' : 'pass'
  return {
    versions: protocols.filter(({ accepted }) => accepted).map(({ version }) => version),
    suites: ciphers.filter(({ version }) => version !== '1.3').map(({ name }) => name),
    protocols: stateOf(judge(tlsProtocols, reading, options)),
    strength: stateOf(judge(tlsCiphers, reading, options), 'strength'),
    rest: stateOf(judge(tlsCiphers, reading, options)),
  }
}

/** What sslscan says, in our words. */
async function bySslscan(port: number) {
  const quick = ['--no-heartbleed', '--no-renegotiation', '--no-compression', '--no-fallback', '--no-groups']
  const { stdout } = await run('sslscan', ['--xml=-', '--no-colour', ...quick, `127.0.0.1:${port}`])
  const versions = [...stdout.matchAll(/<protocol type="(ssl|tls)" version="([\d.]+)" enabled="1"/g)].map(
    ([, kind, version = '']) => (kind === 'ssl' ? `SSLv${version}` : version),
  )
  const ciphers = [
    ...stdout.matchAll(
      /<cipher status="\w+" sslversion="(?:TLS|SSL)v([\d.]+)" .*? id="0x([\dA-F]{4})" strength="([\w-]+)"/g,
    ),
  ].map(([, version = '', id = '', strength = '']) => ({ version, name: suiteName(Number.parseInt(id, 16)), strength }))
  const highest = versions.findLast((version) => version !== '1.3')
  return {
    versions,
    suites: ciphers.filter(({ version }) => version === highest).map(({ name }) => name),
    isWeak: ciphers.some(({ strength }) => ['null', 'anonymous', 'weak', 'medium'].includes(strength)),
  }
}

/** What testssl.sh says about the versions. */
async function byTestssl(port: number): Promise<string[]> {
  const { stdout } = await run(
    'testssl',
    ['--quiet', '--color', '0', '-p', '--warnings', 'batch', '--ip', '127.0.0.1', `127.0.0.1:${port}`],
    {
      timeout: 60_000,
    },
  )
  return [...stdout.matchAll(/^ (SSLv3|TLS 1(?:\.\d)?) +offered/gm)].map(([, name = '']) =>
    name === 'TLS 1' ? '1.0' : name.replace('TLS ', ''),
  )
}

describe.skipIf(!has('sslscan'))('the verdicts beside those of sslscan (skipped where it is not installed)', () => {
  it.each(Object.entries(servers))('are the same on %s', async (_name, options) => {
    const server = await tlsServer(issued, options)
    try {
      const [own, other] = [await ours(server.port), await bySslscan(server.port)]
      expect(own.versions).toEqual(other.versions)
      expect(own.suites.toSorted()).toEqual(other.suites.toSorted())
      expect(own.protocols).toBe(other.versions.some((version) => !['1.2', '1.3'].includes(version)) ? 'fail' : 'pass')
      expect(own.strength).toBe(other.isWeak ? 'fail' : 'pass')
    } finally {
      await server.close()
    }
  })

  it('see the suites of a server that requires a certificate, too', async () => {
    const server = await tlsServer(issued, { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' })
    try {
      const [own, other] = [await ours(server.port), await bySslscan(server.port)]
      expect(own.versions).toEqual(other.versions)
      expect(other.suites).toEqual([])
      expect(own.suites.length).toBeGreaterThan(20)
    } finally {
      await server.close()
    }
  })

  it.each(['TLS 1.2 with CBC', 'TLS 1.2 without forward secrecy'])('are stricter on %s', async (name) => {
    const server = await tlsServer(issued, servers[name])
    try {
      expect((await bySslscan(server.port)).isWeak).toBe(false)
      expect((await ours(server.port)).rest).toBe('fail')
    } finally {
      await server.close()
    }
  })
})

const isSlowWanted = process.env['ART32_SLOW_ORACLES'] === '1' && has('testssl')
describe.skipIf(!isSlowWanted)(
  'the versions beside those of testssl.sh (skipped unless ART32_SLOW_ORACLES is 1)',
  () => {
    it.each(Object.entries(servers).filter(([name]) => name !== 'TLS 1.0 alone'))(
      'are the same on %s',
      { timeout: 120_000 },
      async (_name, options) => {
        const server = await tlsServer(issued, options)
        try {
          expect((await ours(server.port)).versions).toEqual(await byTestssl(server.port))
        } finally {
          await server.close()
        }
      },
    )
  },
)
