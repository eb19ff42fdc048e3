/*
 * What a gate is, and how the gates run tools and walk the tree.
 *
 * A gate judges the tree below a root and returns findings, each with its place and its remedy. The root is an argument,
 * so that the same gate runs on the repository and on the small trees with a planted fault in gates/gates.test.ts.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Something that must not stay: where it is, what is wrong, and what to do. */
export interface Finding {
  readonly place: string
  readonly says: string
  readonly remedy: string
}

/** Findings, or the reason why the gate could not look. Not looking is never passing: the run counts it as skipped. */
export type Verdict = readonly Finding[] | { readonly skipped: string }

/** One rule of the repository, run by `npm run check`. */
export interface Gate {
  readonly name: string
  readonly holds: string
  readonly run: (root: string) => Promise<Verdict> | Verdict
}

/** The repository itself, wherever it lies. */
export const repository = path.dirname(import.meta.dirname)

const notOurs = new Set(['node_modules', '.git', '.art32', 'dist', 'out', 'coverage'])

/** All files below the folder as paths relative to the root, sorted; without what is installed or generated. */
export function filesBelow(root: string, folder = ''): string[] {
  const entries = fs.readdirSync(path.join(root, folder), { withFileTypes: true })
  return entries
    .filter((entry) => !notOurs.has(entry.name) && !entry.name.endsWith('.log'))
    .flatMap((entry) => {
      const place = path.posix.join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(root, place)
      return entry.isFile() ? [place] : []
    })
    .toSorted()
}

/** TypeScript files of the packages and apps; tests only where asked for. */
export function sourcesBelow(root: string, { tests }: { tests: boolean }): string[] {
  return filesBelow(root).filter(
    (file) => /^(packages|apps)\/[^/]+\/src\/.*\.tsx?$/.test(file) && (tests || !isTest(file)),
  )
}

export const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)

export const read = (root: string, file: string): string => fs.readFileSync(path.join(root, file), 'utf8')

export const exists = (root: string, file: string): boolean => fs.existsSync(path.join(root, file))

/** A JSON file, or nothing when it is absent. The caller states the shape it relies on. */
export function readJson<Shape>(root: string, file: string): Shape | undefined {
  return exists(root, file) ? (JSON.parse(read(root, file)) as Shape) : undefined
}

/** Runs a tool of this repository in the given tree; a status other than 0 is an answer, not an error. */
export function runTool(
  root: string,
  tool: string,
  args: readonly string[],
): Promise<{ status: number; stdout: string; stderr: string }> {
  const binaries = path.join(repository, 'node_modules', '.bin')
  // The tools begin with `env node`: the pinned one has to be found first, whatever started us.
  const env = {
    ...process.env,
    PATH: `${binaries}${path.delimiter}${process.env['PATH'] ?? ''}`,
    NO_COLOR: '1',
    // Half of the time of a tool on a small tree is compiling itself.
    NODE_COMPILE_CACHE: path.join(repository, 'node_modules', '.compiled'),
  }
  const child = spawn(path.join(binaries, tool), args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status: status ?? 1, stdout, stderr }))
  })
}

/** A finding about the tool itself: it failed without naming a place, or it looked at nothing. */
export const toolFailed = (tool: string, output: string): Finding => ({
  place: tool,
  says: output.trim().slice(0, 2_000) || 'failed without a word',
  remedy: `Run node_modules/.bin/${tool} by hand; a gate that sees nothing must not pass.`,
})
