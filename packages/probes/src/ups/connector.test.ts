import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { hangingServer, listen, plainServer, resettingServer, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { ups } from './connector.ts'
import { parseVariables } from './nut.ts'

const look = (port: number, more: object = {}) =>
  collect(ups, { host: '127.0.0.1', port, name: 'apc', ...more }, testContext())

const variables: Readonly<Record<string, string>> = {
  'ups.status': 'OL CHRG',
  'battery.charge': '97',
  'battery.runtime': '1820',
  'ups.test.result': 'Done and passed',
  'ups.test.date': '2026/10/05',
  'device.model': 'Smart "quoted" \\\\ UPS',
}

/** Answers as upsd does, to whole lines only, and notes what no client may ask. */
function upsd(answer: (question: string) => string | undefined, mistakes: string[]): Promise<TestServer> {
  return listen(
    createServer((socket: Socket) => {
      let waiting = ''
      socket.on('data', (data: Buffer) => {
        waiting += data.toString('utf8')
        const questions = waiting.split('\n')
        waiting = questions.pop() ?? ''
        for (const question of questions) {
          if (!/^LIST (VAR|CLIENT) [\w.-]+$/.test(question)) mistakes.push(question)
          const said = answer(question)
          if (said === undefined) socket.destroy()
          else socket.write(said)
        }
      })
    }),
  )
}

const listVariables = (values: Readonly<Record<string, string>>) =>
  [
    'BEGIN LIST VAR apc',
    ...Object.entries(values).map(([name, value]) => `VAR apc ${name} "${value.replaceAll(/["\\]/g, '\\$&')}"`),
    'END LIST VAR apc\n',
  ].join('\n')
const clients = 'BEGIN LIST CLIENT apc\nCLIENT apc 192.0.2.7\nCLIENT apc 192.0.2.8\nEND LIST CLIENT apc\n'

describe('asking a power supply', () => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.close()
    server = undefined
  })
  const ask = async (answer: (question: string) => string | undefined) => {
    const mistakes: string[] = []
    server = await upsd(answer, mistakes)
    const reading = await look(server.port)
    expect(mistakes).toEqual([])
    return reading
  }

  it('sees its state and who listens', async () => {
    const reading = await ask((question) => (question === 'LIST VAR apc' ? listVariables(variables) : clients))
    expect(reading).toMatchObject({
      read: 'ok',
      complete: true,
      facts: {
        power: {
          facts: {
            status: ['CHRG', 'OL'],
            chargePercent: 97,
            runtimeSeconds: 1820,
            lastTest: 'passed',
            testedAt: '2026-10-05',
          },
        },
        monitors: { facts: { count: 2 } },
      },
    })
    expect(JSON.stringify(reading)).not.toMatch(/quoted|192\.0\.2/)
  })

  it('sees what is there when much is not told', async () => {
    const reading = await ask((question) =>
      question === 'LIST VAR apc'
        ? listVariables({ 'ups.status': 'OB LB', 'battery.charge': 'unknown', 'ups.test.date': '10/05/26' })
        : 'BEGIN LIST CLIENT apc\nEND LIST CLIENT apc\n',
    )
    expect(reading).toMatchObject({
      facts: {
        power: {
          facts: {
            status: ['LB', 'OB'],
            chargePercent: null,
            runtimeSeconds: null,
            lastTest: 'unknown',
            testedAt: null,
          },
        },
        monitors: { facts: { count: 0 } },
      },
    })
  })

  it.each([
    ['ERR UNKNOWN-UPS\n', 'not-configured'],
    ['ERR ACCESS-DENIED\n', 'denied'],
    ['ERR DRIVER-NOT-CONNECTED\n', 'unreachable'],
    ['ERR DATA-STALE\n', 'unreachable'],
    ['ERR SOMETHING-NEW\n', 'contract'],
    ['BEGIN LIST VAR apc\nVAR apc ups.status "OL"\n', 'unreachable'],
    ['BEGIN LIST VAR apc\nVAR other ups.status "OL"\n', 'contract'],
    ['BEGIN LIST VAR apc\nVAR apc ups.status "WAIT"\nEND LIST VAR apc\n', 'unreachable'],
    ['BEGIN LIST VAR apc\nEND LIST VAR apc\n', 'contract'],
    [`BEGIN LIST VAR apc\n${'VAR apc a "b"\n'.repeat(90_000)}`, 'contract'],
  ])('gives the reason for %j', async (said, why) => {
    expect(await ask((question) => (question.startsWith('LIST VAR') ? said : undefined))).toMatchObject({
      read: 'no',
      why,
    })
  })

  it('keeps the state when only the listeners cannot be listed', async () => {
    const reading = await ask((question) =>
      question === 'LIST VAR apc' ? listVariables(variables) : 'ERR UNKNOWN-COMMAND\n',
    )
    expect(reading).toMatchObject({
      complete: false,
      facts: { power: { read: 'ok' }, monitors: { read: 'no', why: 'not-configured' } },
    })
  })

  it('says why where nobody or somebody else answers', async () => {
    for (const [start, why] of [
      [hangingServer, 'unreachable'],
      [resettingServer, 'unreachable'],
      [plainServer, 'contract'],
    ] as const) {
      const other = await start()
      expect(await look(other.port)).toMatchObject({ read: 'no', why })
      await other.close()
    }
    expect(await look(1)).toMatchObject({ read: 'no', why: 'unreachable' })
    expect(await look(1, { name: 'apc\nSET VAR' })).toMatchObject({ read: 'no', why: 'not-configured' })
  })

  it('reads any list of variables without failing', () => {
    fc.assert(fc.property(fc.array(fc.string()), (list) => parseVariables(list).size <= list.length))
  })
})

const driver = '/lib/nut/dummy-ups'
// The one in the path refuses to run as long as the package is not set up.
const daemon = '/lib/nut/upsd'
const isInstalled = existsSync(driver) && existsSync(daemon)

describe.skipIf(!isInstalled)('asking a real upsd with a dummy power supply (skipped without nut-server)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-nut-'))
  const started: ChildProcess[] = []
  afterEach(() => {
    for (const one of started) one.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('sees its state', async () => {
    const port = await freePort()
    const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()
    chmodSync(folder, 0o770)
    writeFileSync(join(folder, 'ups.conf'), '[apc]\ndriver = dummy-ups\nport = apc.dev\nmode = dummy-once\n')
    writeFileSync(
      join(folder, 'apc.dev'),
      'ups.status: OL\nbattery.charge: 88\nbattery.runtime: 900\nups.test.result: Done and passed\n',
    )
    writeFileSync(join(folder, 'upsd.conf'), `LISTEN 127.0.0.1 ${port}\n`)
    writeFileSync(join(folder, 'upsd.users'), '')
    for (const file of ['ups.conf', 'apc.dev', 'upsd.conf', 'upsd.users']) chmodSync(join(folder, file), 0o640)
    const env = {
      ...process.env,
      NUT_CONFPATH: folder,
      NUT_STATEPATH: folder,
      NUT_ALTPIDPATH: folder,
      NUT_PIDPATH: folder,
    }
    started.push(spawn(driver, ['-D', '-a', 'apc', '-u', user], { env, stdio: 'ignore' }))
    await sleep(500)
    started.push(spawn(daemon, ['-D', '-u', user], { env, stdio: 'ignore' }))
    let reading = await look(port)
    for (let tries = 0; reading.read === 'no' && tries < 40; tries += 1) {
      await sleep(150)
      reading = await look(port)
    }
    expect(reading).toMatchObject({
      read: 'ok',
      complete: true,
      facts: {
        power: { facts: { status: ['OL'], chargePercent: 88, runtimeSeconds: 900, lastTest: 'passed' } },
        monitors: { facts: { count: 0 } },
      },
    })
    expect(await look(port, { name: 'other' })).toMatchObject({ read: 'no', why: 'not-configured' })
  })
})

async function freePort(): Promise<number> {
  const server = await listen(createServer())
  await server.close()
  return server.port
}
