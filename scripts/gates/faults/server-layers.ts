import { measure, type Faults, withComment } from '../../testing/tree.ts'

/** Faults between the modules of the server that dependency-cruiser has to find. */
export const serverLayerFaults: Faults = {
  layers: [
    [
      'a module that imports to its right',
      { 'apps/server/src/kernel/fault.ts': "export { retire } from '../measure/index.ts'\n" },
      'server-order-kernel',
    ],
    [
      'a neighbour of the same place in the order',
      {
        'apps/server/src/tenant/index.ts': withComment("import '../account/index.ts'\n"),
        'apps/server/src/account/index.ts': withComment('export {}\n'),
      },
      'server-order-tenant-account',
    ],
    [
      'an import past a front door',
      {
        'apps/server/src/kernel/inner.ts': 'export const inner = 1\n',
        'apps/server/src/measure/inward.ts': "export { inner } from '../kernel/inner.ts'\n",
      },
      'server-front-door',
    ],
    [
      'an import of main past a front door',
      { 'apps/server/src/api.ts': "export { retire } from './measure/measure.ts'\n" },
      'server-front-door-main',
    ],
    [
      'a module without a place',
      { 'apps/server/src/extra/index.ts': withComment('export {}\n') },
      'no module of the order',
    ],
    [
      'disk access outside of platform',
      measure("export { readFile } from 'node:fs/promises'\n"),
      'platform-owns-the-world',
    ],
  ],
}
