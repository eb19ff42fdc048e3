import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const hook = `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
await import(process.argv[1])
console.log(JSON.stringify(loaded))
`

/** Addresses of what a module loads, itself among it. */
async function loadedBy(file: string): Promise<readonly string[]> {
  const args = ['--input-type=module', '-e', hook, path.resolve(import.meta.dirname, file)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as readonly string[]
}

const packages = (loaded: readonly string[]) => [
  ...new Set(loaded.flatMap((url) => /node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(url) ?? [])),
]

// Each thread loads its own: what it does not need costs a run memory and start, once for every processor.
it('loads no package into a thread', async () => {
  const loaded = await loadedBy('worker.ts')
  expect(loaded.some((url) => url.endsWith('/engine/transform.ts'))).toBe(true)
  expect(packages(loaded)).toEqual([])
})

it('loads the libraries for workbooks and Parquet only with such a file', async () => {
  expect(packages(await loadedBy('../index.ts')).toSorted()).toEqual(['node_modules/yaml', 'node_modules/zod'])
})
