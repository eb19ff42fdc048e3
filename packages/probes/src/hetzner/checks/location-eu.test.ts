import { examine } from '../../testing/examine.ts'
import { loadBalancer, server, storageBox, volume } from '../samples.ts'
import { hzLocationEu } from './location-eu.ts'

const ashburn = { name: 'ash', country: 'US', zone: 'us-east' }

examine(hzLocationEu, {
  good: {
    servers: [server()],
    volumes: [volume()],
    loadBalancers: [loadBalancer()],
    primaryIps: [{ id: 61, name: 'web-1-v4', place: server().place }],
    storageBoxes: [storageBox()],
  },
  bad: {
    'a server stands in the USA': {
      change: (f) => {
        f.servers = [server({ place: ashburn })]
      },
      says: 'outside',
    },
    'a volume stands in the USA': {
      change: (f) => {
        f.volumes = [volume({ place: ashburn })]
      },
      says: 'outside',
    },
    'a load balancer stands in the USA': {
      change: (f) => {
        f.loadBalancers = [loadBalancer({ place: ashburn })]
      },
      says: 'outside',
    },
    'an address belongs to Singapore': {
      change: (f) => {
        f.primaryIps = [{ id: 61, name: 'v4', place: { name: 'sin', country: 'SG', zone: 'ap-southeast' } }]
      },
      says: 'outside',
    },
    'a storage box stands in the USA': {
      change: (f) => {
        f.storageBoxes = [storageBox({ place: ashburn })]
      },
      says: 'outside',
    },
    'only Germany is declared': {
      change: (f) => {
        f.servers = [server({ place: { name: 'hel1', country: 'FI', zone: 'eu-central' } })]
      },
      says: 'outside',
      parameters: { countries: ['DE'] },
    },
  },
  empty: {
    'the project is empty': (f) => {
      f.servers = []
      f.volumes = []
      f.loadBalancers = []
      f.primaryIps = []
      f.storageBoxes = []
    },
  },
})
