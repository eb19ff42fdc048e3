import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const watching = `
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    process.stdout.write(url + '\\n')
    return next(url, context)
  },
})`

/** What a process loads that starts with a module. */
function loadedBy(module: string): string[] {
  const entry = new URL(module, import.meta.url).href
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(watching)}`,
      '--input-type=module',
      '-e',
      `import '${entry}'`,
    ],
    { encoding: 'utf8', env: {}, cwd: '/' },
  )
  expect([status, stderr]).toEqual([0, ''])
  return stdout.split('\n')
}

/** What speaks to a database, keeps keys, or knows the settings that name them. */
const forbidden =
  /\/node_modules\/(?:pg|pg-boss|pg-.*|better-auth|kysely)\/|\/platform\/(?:index|config|master-key|key-vault|queue|postgres\/.*)\.ts$|\/server\.ts$/

describe('the program of a portal', () => {
  it('loads nothing that speaks to a database or keeps a key', () => {
    const loaded = loadedBy('./index.ts')
    expect(loaded.some((url) => url.endsWith('/kiosk/kiosk.ts'))).toBe(true)
    expect(loaded.filter((url) => forbidden.test(url))).toEqual([])
    // The same look sees it where it is there.
    expect(loadedBy('../platform/index.ts').some((url) => forbidden.test(url))).toBe(true)
  })
})
