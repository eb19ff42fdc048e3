import { measure, type Faults } from '../../testing/tree.ts'

/** Faults that the compiler, the linter, the formatter and knip have to find. */
export const toolFaults: Faults = {
  types: [
    ['a wrong type', measure("export const days: number = 'seven'\n"), 'TS2322'],
    ['an index that may be absent', measure('export const first = (all: string[]): string => all[0]\n'), 'TS2322'],
    ['a workspace that nobody compiles', { 'apps/web/package.json': '{}\n' }, 'apps/web is not compiled'],
  ],
  lint: [
    ['any', measure('export const twice = (value: any): string => String(value)\n'), 'no-explicit-any'],
    ['an any that came by itself', measure("export const count = JSON.parse('1').count\n"), 'no-unsafe'],
    [
      'a promise nobody waits for',
      measure('const work = async (): Promise<void> => {}\nexport const start = (): void => {\n  work()\n}\n'),
      'no-floating-promises',
    ],
    [
      'a forgotten case',
      measure(
        "export const sign = (state: 'pass' | 'fail'): string => {\n  switch (state) {\n    case 'pass':\n      return '+'\n  }\n  return ''\n}\n",
      ),
      'switch-exhaustiveness-check',
    ],
    ['a default export', measure('export default 1\n'), 'no-default-export'],
    ['an ignored error', measure("// @ts-ignore\nexport const days: number = 'seven'\n"), 'ban-ts-comment'],
  ],
  format: [['another layout', measure('export const   days = 7;\n'), 'laid out differently']],
  unused: [
    ['a file that nobody imports', measure('export const days = 7\n'), 'apps/server/src/measure/fault-'],
    [
      'an export that nobody uses',
      { 'packages/ledger/src/tree.ts': '/** Size. */\nexport const size = 1\nexport const never = 2\n' },
      'never',
    ],
  ],
}
