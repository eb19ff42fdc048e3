import { examine } from '../../testing/examine.ts'
import type { AzureFacts } from '../facts.ts'
import { azureMgaPublisherAccess } from './publisher-access.ts'

const definition: AzureFacts['managedApps']['definitions'][number] = {
  resource: '11111111/rg/applicationdefinitions/product',
  mode: 'managed',
  authorizations: 0,
  lock: 'read-only',
}
const application: AzureFacts['managedApps']['applications'][number] = {
  resource: '11111111/rg/applications/one',
  definition: '11111111/rg/applicationdefinitions/product',
  mode: 'managed',
  authorizations: 1,
  onRequest: { approval: 'manual', maxHours: 8 },
  managedGroup: '11111111/mrg-one',
  uses: [],
}

examine(azureMgaPublisherAccess, {
  good: {
    managedApps: {
      definitions: [definition, { ...definition, resource: 'b', mode: 'unmanaged', authorizations: 3 }],
      applications: [
        application,
        { ...application, resource: '11111111/rg/applications/two', authorizations: 0, onRequest: null },
      ],
    },
  },
  bad: {
    'a definition gives roles, and no application of it is seen': {
      change: (f) => {
        f.managedApps.definitions[0]!.authorizations = 1
        f.managedApps.applications = []
      },
      says: 'standing',
    },
    'an unmanaged definition becomes managed': {
      change: (f) => {
        f.managedApps.definitions[1]!.mode = 'managed'
      },
      says: 'standing',
    },
    'an application gives standing roles': {
      change: (f) => {
        f.managedApps.applications.push({ ...application, resource: 'c', onRequest: null })
      },
      says: 'standing',
    },
    'no person approves': {
      change: (f) => {
        f.managedApps.applications.push({
          ...application,
          resource: 'd',
          onRequest: { approval: 'automatic', maxHours: 1 },
        })
      },
      says: 'automatic',
    },
    'access lasts too long': {
      change: (f) => {
        f.managedApps.applications.push({
          ...application,
          resource: 'e',
          onRequest: { approval: 'manual', maxHours: 24 },
        })
      },
      says: 'long',
    },
    'access never ends': {
      change: (f) => {
        f.managedApps.applications.push({
          ...application,
          resource: 'f',
          onRequest: { approval: 'manual', maxHours: null },
        })
      },
      says: 'long',
    },
    'less is allowed here': {
      change: (f) => {
        f.managedApps.applications.push({ ...application, resource: 'g' })
      },
      says: 'long',
      parameters: { maxHours: 2 },
    },
  },
  told: {
    'a definition gives roles, and each application of it demands a request': {
      change: (f) => {
        f.managedApps.definitions[0]!.authorizations = 1
      },
      says: 'all-request',
    },
  },
  empty: {
    'nothing is offered': (f) => {
      f.managedApps = { definitions: [], applications: [] }
    },
  },
})
