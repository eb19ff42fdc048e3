/*
 * Loaded before the server's own source (`node --import`): gives out weakened source files instead of those on disk. So
 * no switch that weakens anything exists in the product.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Weakening } from './weakening.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { weaken } = JSON.parse(process.argv[2] ?? '{}') as { weaken?: Weakening[] }
const waiting = new Set(weaken)

if (waiting.size > 0)
  registerHooks({
    load(url, context, next) {
      const planted = [...waiting].filter(({ file }) => url === new URL(file, `file://${root}`).href)
      const [first] = planted
      if (!first) return next(url, context)
      const source = planted.reduce(plant, readFileSync(new URL(url), 'utf8'))
      return { format: 'module-typescript', source, shortCircuit: true }
    },
  })

function plant(source: string, weakening: Weakening): string {
  const times = source.split(weakening.from).length - 1
  if (times !== 1) throw new Error(`${weakening.file} holds ${times} times, and not once: ${weakening.from}`)
  waiting.delete(weakening)
  return source.replace(weakening.from, () => weakening.to)
}

/** @throws where a file that was to be weakened is not part of the server */
export function refuseUnplanted(): void {
  for (const { file } of waiting) throw new Error(`${file} was never loaded: nothing was weakened`)
}
