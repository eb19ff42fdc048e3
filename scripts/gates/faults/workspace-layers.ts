import { measure, type Faults } from '../../testing/tree.ts'

/** Faults between packages and apps that dependency-cruiser has to find. */
export const workspaceLayerFaults: Faults = {
  layers: [
    [
      'a package that knows an app',
      { 'packages/press/src/index.ts': "export { start } from '../../../apps/server/src/main.ts'\n" },
      'packages-know-no-app',
    ],
    [
      'a way into a package past its exports',
      measure("export { size } from '../../../../packages/ledger/src/tree.ts'\n"),
      'workspace-front-door',
    ],
    [
      'a pure package with a node module',
      { 'packages/ledger/src/fault.ts': "import 'node:crypto'\n" },
      'pure-packages',
    ],
    [
      'a web app that runs server code',
      { 'apps/web/src/main.ts': "export { start } from '../../server/src/main.ts'\n" },
      'web-knows-types-only',
    ],
    ['a web app with a node module', { 'apps/web/src/main.ts': "import 'node:path'\n" }, 'web-runs-in-a-browser'],
    [
      'product code that imports a test',
      { 'packages/ledger/src/a.test.ts': 'export {}\n', 'packages/ledger/src/b.ts': "import './a.test.ts'\n" },
      'nobody-imports-tests',
    ],
    [
      'a cycle, even of types',
      {
        'packages/ledger/src/a.ts': "import type { B } from './b.ts'\nexport type A = B | 1\n",
        'packages/ledger/src/b.ts': "import type { A } from './a.ts'\nexport type B = A | 2\n",
      },
      'no-cycle',
    ],
    ['an import that leads nowhere', measure("import './nowhere.ts'\n"), 'resolvable'],
  ],
}
