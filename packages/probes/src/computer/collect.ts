import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { collect } from '../engine/connector.ts'
import type { Context } from '../engine/connector.ts'
import { seen, unseen } from '../engine/reading.ts'
import type { Reading, Seen } from '../engine/reading.ts'
import { host } from '../host/connector.ts'
import { hostFacts } from '../host/facts.ts'
import { collectorPath } from './collectors.ts'
import { computerIdOf, tokenOf, unnamed } from './identity.ts'
import { Push, pushFormat } from './push.ts'

/** What the caller says of the computer. */
type Says = { readonly label?: string | undefined; readonly collector: string }

/**
 * The facts of this computer. On Linux they are seen by the connector `host`; macOS and Windows have a file of their own,
 * which is run here.
 *
 * @throws {Error} the computer has no id
 */
export async function collectHost({ label, collector }: Says, context: Context): Promise<Push> {
  if (platform() !== 'linux') return await byFile(label, context.signal)
  const computer = computerIdOf(await machineId())
  const reading = await collect(host, {}, context)
  return Push.parse({
    format: pushFormat,
    computer,
    ...(label === undefined ? {} : { label }),
    at: reading.at,
    collector,
    groups: groupsOf(reading, computer),
  })
}

/** The id by which this computer is known, without looking at anything. */
export async function ownComputerId(): Promise<string> {
  if (platform() === 'linux') return computerIdOf(await machineId())
  return (await runFile(['--id'])).trim()
}

async function machineId(): Promise<string> {
  for (const path of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
    const text = await readFile(path, 'utf8').catch(() => '')
    if (/^[0-9a-f]{32}$/.test(text.trim())) return text
  }
  throw new Error('This machine has no id: /etc/machine-id is missing or empty. "systemd-machine-id-setup" makes one.')
}

/** Names of people stay on the machine: those of accounts that equal root, and folders under which volumes are mounted. */
function groupsOf(reading: Reading, computer: string): Readonly<Record<string, Seen<unknown>>> {
  if (reading.read === 'no') {
    const { why, detail } = reading
    return Object.fromEntries(Object.keys(hostFacts).map((name) => [name, unseen(why, detail)]))
  }
  const groups: Record<string, Seen<unknown>> = { ...reading.facts }
  const { accounts, volumes } = groups
  if (accounts?.read === 'ok') {
    const facts = hostFacts.accounts.parse(accounts.facts)
    const rootEquivalent = facts.rootEquivalent.map((name) =>
      name === 'root' ? name : `account-${tokenOf(computer, name)}`,
    )
    groups['accounts'] = seen({ ...facts, rootEquivalent }, accounts.complete)
  }
  if (volumes?.read === 'ok') {
    const facts = hostFacts.volumes.parse(volumes.facts)
    groups['volumes'] = seen(
      facts.map((one) => ({ ...one, mount: unnamed(computer, one.mount) })),
      volumes.complete,
    )
  }
  return groups
}

async function byFile(label: string | undefined, signal: AbortSignal): Promise<Push> {
  const printed = await runFile(label === undefined ? [] : ['--label', label], signal)
  return Push.parse(JSON.parse(printed))
}

function runFile(args: readonly string[], signal?: AbortSignal): Promise<string> {
  const isWindows = platform() === 'win32'
  const [program, first] = isWindows
    ? ['powershell.exe', ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', collectorPath('collect-host.ps1')]]
    : ['/bin/sh', [collectorPath('collect-host.sh')]]
  // PowerShell names parameters with one dash.
  const rest = isWindows ? args.map((one) => one.replace(/^--/, '-')) : args
  return new Promise((resolve, reject) => {
    execFile(program, [...first, ...rest], { timeout: 120_000, signal }, (error, stdout) =>
      error === null
        ? resolve(stdout)
        : reject(new Error('The collector of this system did not end well.', { cause: error })),
    )
  })
}
