import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKeyFile, openInput, profile, writePlan } from '../../packages/shield/src/index.ts'
import { rounded, type Row } from '../table.ts'
import { fileOf } from './files.ts'

const cli = fileURLToPath(new URL('../../apps/cli/bin/art32.mjs', import.meta.url))

/** The most memory of the command line while so many gigabytes go through it. */
export async function memory(gigabytes: readonly number[]): Promise<readonly Row[]> {
  const file = await fileOf('customers', 100)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'art32-bench-'))
  const input = await openInput(file)
  const plan = path.join(folder, 'plan.yaml')
  writeFileSync(plan, writePlan(await profile(input, file)))
  await input.begun.source.close()
  const key = path.join(folder, 'key')
  createKeyFile(key)
  const rows: Row[] = []
  for (const size of gigabytes) {
    const began = performance.now()
    const { peak, bytes } = await piped(file, size * 1e9, ['shield', '-', '-', '--plan', plan, '--key-file', key])
    rows.push({
      what: `most memory, ${size} GB of CSV through the command line`,
      value: rounded(peak),
      unit: 'MiB',
      bar: 'at most 256, aim 150, the same for both',
      note: `${rounded(bytes / 1e3 / (performance.now() - began))} MB/s`,
    })
  }
  return rows
}

/** Pipes the file again and again, its header once. */
async function piped(file: string, wanted: number, args: readonly string[]): Promise<{ peak: number; bytes: number }> {
  const content = new Uint8Array(statSync(file).size)
  readSync(openSync(file, 'r'), content, 0, content.length, 0)
  const header = content.subarray(0, content.indexOf(10) + 1)
  const body = content.subarray(header.length)
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  let peak = 0
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024)
    } catch {
      // It has ended.
    }
  }
  const looking = setInterval(look, 200)
  child.stdin.write(header)
  let bytes = header.length
  while (bytes < wanted) {
    for (let at = 0; at < body.length; at += 1 << 20) {
      if (!child.stdin.write(body.subarray(at, at + (1 << 20)))) await once(child.stdin, 'drain')
      look()
    }
    bytes += body.length
  }
  child.stdin.end()
  await ended
  clearInterval(looking)
  return { peak, bytes }
}
