/*
 * Loaded before everything else in a process that runs tests (`node --import`): gives out one source file with a mutant in it. The file on the
 * disk stays as it is, so whatever is killed leaves nothing behind. In a run without a mutant it tells which parts of which files were reached.
 */
import fs from 'node:fs'
import inspector from 'node:inspector'
import { registerHooks } from 'node:module'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { isMainThread, Worker } from 'node:worker_threads'

/** What a process is to do, in the variable `ART32_MUTANT`. */
export interface Order {
  /** The change; none: count what is reached. */
  readonly mutant?: { readonly file: string; readonly start: number; readonly end: number; readonly text: string }
  /** Time of the processor that each file of tests may take, in milliseconds, by its path; a mutant may never end. */
  readonly allowed?: Readonly<Record<string, number>>
  /** Where to write what was reached. */
  readonly reachedTo?: string
}

/** What is written there. */
export interface Report {
  /** Time of the processor that the process took, in milliseconds. */
  readonly cpuMs: number
  /** By the address of the source. */
  readonly reached: Readonly<Record<string, readonly Part[]>>
}

/** A part of a file, and how often it was run. */
export interface Part {
  readonly start: number
  readonly end: number
  readonly count: number
}

const everyMs = 250
const order = JSON.parse(process.env['ART32_MUTANT'] ?? '{}') as Order

if (order.mutant) {
  const { file, start, end, text } = order.mutant
  const mutated = pathToFileURL(file).href
  registerHooks({
    load(url, context, next) {
      if (url.split('?')[0] !== mutated) return next(url, context)
      const source = fs.readFileSync(file, 'utf8')
      return {
        format: 'module-typescript',
        source: `${source.slice(0, start)}${text}${source.slice(end)}`,
        shortCircuit: true,
      }
    },
  })
}

const session = order.reachedTo === undefined ? undefined : new inspector.Session()
if (session) {
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
}

/** Only a thread of its own still runs beside a loop that does not end. */
const watch = order.allowed && isMainThread ? new Int32Array(new SharedArrayBuffer(4)) : undefined
if (watch) {
  Atomics.store(watch, 0, Math.max(...Object.values(order.allowed ?? {})))
  const watching = `
    const { workerData: watch } = require('node:worker_threads')
    setInterval(() => {
      const { user, system } = process.cpuUsage()
      if ((user + system) / 1000 > Atomics.load(watch, 0)) process.kill(process.pid, 'SIGKILL')
    }, ${everyMs})`
  new Worker(watching, { eval: true, execArgv: [], env: {}, workerData: watch }).unref()
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return Math.round((user + system) / 1000)
}

/** A file of tests begins. @param path of it */
export function begin(path: string): void {
  const allowed = order.allowed?.[path]
  if (watch && allowed !== undefined) Atomics.store(watch, 0, cpuMs() + allowed)
}

/** A file of tests is done: writes what was reached since the process began. */
export function end(): void {
  const to = order.reachedTo
  if (!session || to === undefined) return
  session.post('Profiler.takePreciseCoverage', (error, taken) => {
    if (error) throw error
    const ours = taken.result.filter(({ url }) => url.startsWith('file:') && !url.includes('/node_modules/'))
    const reached = ours.map(({ url, functions }) => [
      url.split('?')[0],
      functions.flatMap(({ ranges }) =>
        ranges.map(({ startOffset, endOffset, count }): Part => ({ start: startOffset, end: endOffset, count })),
      ),
    ])
    const report: Report = { cpuMs: cpuMs(), reached: Object.fromEntries(reached) as Report['reached'] }
    fs.writeFileSync(to, JSON.stringify(report))
  })
}
