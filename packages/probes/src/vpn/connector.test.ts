import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { reasonOf } from '../engine/reading.ts'
import { call, installed, isRoot } from '../testing/programs.ts'
import { testContext } from '../testing/servers.ts'
import { vpn } from './connector.ts'
import { parseHandshakes, parseInterfaces, parseStatus } from './parse.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-vpn-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const statusFile = join(folder, 'status.log')

const now = new Date('2026-11-22T12:00:00.000Z')
const context = () => testContext({ now: () => now, pseudonym: (person) => `p-${person.length}` })
const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000)

/** A status file as OpenVPN 2.6 writes it with `status-version 3`. */
const status = (at: string, names: readonly string[], separator = '\t') =>
  [
    ['TITLE', 'OpenVPN 2.6.14 x86_64-pc-linux-gnu'],
    ['TIME', '2026-11-22 12:00:00', String(seconds(at))],
    [
      'HEADER',
      'CLIENT_LIST',
      'Common Name',
      'Real Address',
      'Virtual Address',
      'Virtual IPv6 Address',
      'Bytes Received',
      'Bytes Sent',
      'Connected Since',
      'Connected Since (time_t)',
      'Username',
      'Client ID',
      'Peer ID',
      'Data Channel Cipher',
    ],
    ...names.map((name) => [
      'CLIENT_LIST',
      name,
      '192.0.2.9:1194',
      '10.8.0.2',
      '',
      '1',
      '2',
      '2026-11-22 11:00:00',
      String(seconds('2026-11-22T11:00:00Z')),
      'UNDEF',
      '0',
      '0',
      'AES-256-GCM',
    ]),
    ['GLOBAL_STATS', 'Max bcast/mcast queue length', '0'],
    ['END'],
  ]
    .map((row) => `${row.join(separator)}\n`)
    .join('')

const look = (text: string, more: object = {}) => {
  writeFileSync(statusFile, text)
  return collect(vpn, { kind: 'openvpn', peers: ['Laptop-1@example.com', 'site-b'], statusFile, ...more }, context())
}

describe('reading the status of OpenVPN', () => {
  it.each(['\t', ','])('sees who is connected, and that one of them is not declared (by %j)', async (separator) => {
    const reading = await look(status('2026-11-22T11:59:30Z', ['laptop-1@example.com', 'stranger'], separator), {
      constant: ['site-b'],
    })
    const heardAt = '2026-11-22T11:59:30.000Z'
    expect(reading).toMatchObject({
      facts: {
        tunnels: { facts: [{ kind: 'openvpn' }] },
        peers: {
          facts: [
            { peer: 'p-20', isDeclared: true, heardAt },
            { peer: 'p-8', isDeclared: false, heardAt },
          ],
        },
        constant: { facts: [{ peer: 'p-6' }] },
      },
    })
    expect(JSON.stringify(reading)).not.toMatch(/laptop-1|stranger|192\.0\.2/)
  })

  it('takes a status that is no longer written for a server that stopped', async () => {
    const reading = await look(status('2026-11-22T10:00:00Z', ['site-b']))
    expect(reading).toMatchObject({ facts: { tunnels: { facts: [] }, peers: { facts: [] } } })
  })

  it('says that the file is cut, of another form, or not there', async () => {
    const whole = status('2026-11-22T11:59:30Z', ['site-b'])
    for (const text of [
      '',
      'OpenVPN CLIENT LIST\nUpdated,2026\n',
      whole.replace('END\n', ''),
      whole.replace('TIME', 'NEVER'),
    ])
      expect(await look(text)).toMatchObject({ read: 'no', why: 'contract' })
    const reading = await look(whole, { statusFile: join(folder, 'none') })
    expect(reading).toMatchObject({ read: 'no', why: 'not-configured' })
  })
})

describe('reading what wg prints', () => {
  const key = `${'A'.repeat(43)}=`

  it('understands handshakes and interfaces', () => {
    expect(parseHandshakes(`wg0\t${key}\t${seconds('2026-11-22T11:00:00Z')}\nwg1\t${key}\t0\n`)).toEqual([
      { tunnel: 'wg0', key, heardAt: '2026-11-22T11:00:00.000Z' },
      { tunnel: 'wg1', key, heardAt: null },
    ])
    expect(parseInterfaces('wg0 wg1\n')).toEqual(['wg0', 'wg1'])
    expect(parseInterfaces('\n')).toEqual([])
  })

  it('gives facts or a reason, whatever is printed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const parse of [parseHandshakes, parseStatus])
          try {
            parse(text)
          } catch (error) {
            expect(reasonOf(error).why).toBe('contract')
          }
      }),
    )
  })
})

const canTunnel = isRoot && installed('wg', 'wireguard-go', 'ip') && existsSync('/dev/net/tun')

describe.skipIf(!canTunnel)('asking a real WireGuard (skipped without root, wireguard-tools and wireguard-go)', () => {
  const tunnel = `art32t${process.pid % 100_000}`
  const wg = (args: readonly string[], input = '') => call('wg', args, { input })

  it('sees its peers by their hashes, and no key', async () => {
    call('wireguard-go', [tunnel])
    try {
      const [privateKey = '', declared = '', stranger = ''] = Array.from({ length: 3 }, () => wg(['genkey']))
      const [friend, other] = [wg(['pubkey'], declared), wg(['pubkey'], stranger)]
      const keyFile = join(folder, 'key')
      writeFileSync(keyFile, privateKey, { mode: 0o600 })
      wg(['set', tunnel, 'private-key', keyFile, 'peer', friend, 'peer', other])
      const settings = { kind: 'wireguard', peers: [friend], constant: [friend] }
      const reading = await collect(vpn, settings, context())
      const facts = { tunnel, heardAt: null }
      expect(reading).toMatchObject({
        facts: {
          tunnels: { facts: expect.arrayContaining([{ name: tunnel, kind: 'wireguard' }]) as unknown },
          peers: {
            facts: expect.arrayContaining([
              { ...facts, peer: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown, isDeclared: true },
              { ...facts, peer: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown, isDeclared: false },
            ]) as unknown,
          },
        },
      })
      for (const key of [privateKey, friend, other]) expect(JSON.stringify(reading)).not.toContain(key)
    } finally {
      call('ip', ['link', 'del', tunnel])
    }
  })
})

describe.skipIf(installed('wg'))('asking for WireGuard without wg (skipped with wireguard-tools)', () => {
  it('says that the program is not installed', async () => {
    const reading = await collect(vpn, { kind: 'wireguard', peers: ['x'] }, context())
    expect(reading).toMatchObject({ read: 'no', why: 'not-configured' })
  })
})
