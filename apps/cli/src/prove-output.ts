import { hash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { exportFormatNames, exportFormats, type Judged, type Look, type ProveResult } from '@art32/probes'
import type { ProveExceptions } from './prove-exceptions.ts'
import { reportProof } from './prove-report.ts'
import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'
import { checkWritable, writeWhole } from './whole-file.ts'

/** Every form in which a run is told. */
export const proveFormats = ['text', 'json', ...exportFormatNames] as const

/** The name of one. */
export type ProveFormat = (typeof proveFormats)[number]

/** Where a run is told: on stdout in one form, or nothing there; and in files. */
export interface ProveOutputs {
  readonly printed: ProveFormat | null
  readonly files: readonly { readonly format: ProveFormat; readonly path: string }[]
}

interface OutputOptions {
  readonly format?: string
  readonly json?: boolean
  readonly output?: readonly string[]
}

/**
 * What the options mean. `--output FILE` takes the form of `--format` and leaves stdout empty; `--output junit=FILE` names
 * its own, and stdout keeps the form of `--format`.
 *
 * @throws {Refusal} a form that is not known, or a place that cannot be written
 */
export async function outputsOf({ format, json, output = [] }: OutputOptions): Promise<ProveOutputs> {
  if (json === true && format !== undefined && format !== 'json')
    throw new Refusal(`--json and --format ${format} contradict each other. Leave one of them out.`)
  const main = formatNamed(json === true ? 'json' : (format ?? 'text'), '--format')
  const files = output.map((text) => fileOf(text, main))
  const twice = files.find(({ path }, nth) => files.findIndex((one) => one.path === path) !== nth)
  if (twice) throw new Refusal(`--output: ${twice.path} is named twice.`)
  for (const { path } of files) await checkWritable(path, '--output')
  const isMainInFile = output.some((text) => splitOutput(text) === null)
  return { printed: isMainInFile ? null : main, files }
}

function fileOf(text: string, main: ProveFormat): { format: ProveFormat; path: string } {
  const [name, path] = splitOutput(text) ?? [main, text]
  if (path === '') throw new Refusal('--output takes a file, or form=file, for example --output junit=report.xml')
  return { format: formatNamed(name, '--output'), path }
}

/** `junit=report.xml` → both; null for a file alone. */
function splitOutput(text: string): [string, string] | null {
  const [, name, path] = /^([a-z]+)=(.*)$/s.exec(text) ?? []
  return name === undefined || path === undefined ? null : [name, path]
}

function formatNamed(name: string, option: string): ProveFormat {
  const known = proveFormats.find((format) => format === name)
  if (known === undefined)
    throw new Refusal(`${option}: this form is not known. There are: ${proveFormats.join(', ')}.`)
  return known
}

/** Prints, then writes the files: a full disk takes nothing away from who watches. Each file is whole or not there. */
export async function tell(
  result: ProveResult,
  { printed, files }: ProveOutputs,
  exceptions: ProveExceptions,
  release: string,
  terminal: Terminal,
): Promise<void> {
  const look = lookOf(result, exceptions, release)
  const piecesOf = (format: ProveFormat): Iterable<string> =>
    format === 'text'
      ? [reportProof(result, terminal.columns, exceptions)]
      : format === 'json'
        ? [`${JSON.stringify(exceptions.into(result), null, 2)}\n`]
        : exportFormats[format].write(look)
  if (printed !== null) for (const piece of piecesOf(printed)) terminal.out(piece)
  for (const { format, path } of files) {
    const bytes = await writeWhole(path, piecesOf(format), '--output')
    terminal.err(`${path}: ${format}, ${bytes} bytes\n`)
  }
}

function lookOf(result: ProveResult, exceptions: ProveExceptions, release: string): Look {
  return {
    title: 'art32 prove',
    release,
    language: 'en',
    madeAt: result.finishedAt,
    judged: result.targets.flatMap(({ system, reading, checks }) => {
      const factsHash = reading.read === 'ok' ? hash('sha256', canonicalize(reading)) : undefined
      const [, ...address] = system.split(':')
      return checks
        .flatMap(({ outcomes }) => outcomes)
        .map((outcome): Judged => {
          const exception = exceptions.of(outcome)
          return {
            ...outcome,
            systemName: address.length === 0 ? system : address.join(':'),
            ...(factsHash === undefined ? {} : { factsHash }),
            ...(exception && { exception: { reason: exception.reason, expires: exception.expires } }),
          }
        })
    }),
  }
}
