/*
 * Measures art32 against limits and peers: `npm run bench [reader|start|ledger|press|trust|prove|login|tenants|http|duty|review|customers|backup|shield|mixed|chaos|scale]`, all of them without a name.
 *
 * Prints a table and writes bench/results/<name>.json with the machine it was measured on. A figure of one machine says
 * little about another: where it makes sense a row also gives the ratio to what the same machine does without art32.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { format, rounded, type Row } from './table.ts'

const results = fileURLToPath(new URL('results/', import.meta.url))

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  reader: async () => await (await import('./reader.ts')).measure(),
  start: async () => await (await import('./start.ts')).measure(),
  ledger: async () => await (await import('./ledger.ts')).measure(),
  trust: async () => await (await import('./trust/main.ts')).measure(),
  prove: async () => await (await import('./prove/main.ts')).measure(),
  press: async () => await (await import('./press.ts')).measure(),
  tenants: async () => await (await import('./tenants.ts')).measure(),
  http: async () => await (await import('./http/main.ts')).measure(),
  duty: async () => await (await import('./duty.ts')).measure(),
  review: async () => await (await import('./review.ts')).measure(),
  customers: async () => await (await import('./customers/main.ts')).measure(),
  login: async () => await (await import('./login.ts')).measure(),
  backup: async () => await (await import('./backup.ts')).measure(),
  shield: async () => await (await import('./shield/main.ts')).measure(),
  mixed: async () => await (await import('./mixed/main.ts')).measure(),
  chaos: async () => await (await import('./chaos/main.ts')).measure(),
  scale: async () => await (await import('./scale/main.ts')).measure(),
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !Object.hasOwn(benches, name))
  if (unknown !== undefined) {
    process.stderr.write(`There is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}.\n`)
    return 2
  }
  mkdirSync(results, { recursive: true })
  for (const [name, measure] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue
    // Before, since the bench itself is load.
    const load = os.loadavg()[0] ?? 0
    const rows = await measure()
    process.stdout.write(`\n${name}\n${format(rows)}\n`)
    if (rows.every(({ value }) => value === null)) continue
    writeFileSync(`${results}${name}.json`, `${JSON.stringify({ ...machine(), load: rounded(load), rows }, null, 2)}\n`)
  }
  return 0
}

/** What a figure depends on. */
function machine() {
  return {
    date: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: results, encoding: 'utf8' }).trim(),
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: rounded(os.totalmem() / 1_073_741_824),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
}

process.exitCode = await main(process.argv.slice(2))
