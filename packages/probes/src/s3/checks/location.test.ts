import { examine } from '../../testing/examine.ts'
import { s3Location } from './location.ts'

examine(s3Location, {
  good: { place: { region: 'eu-central-1', secondary: null, endpoint: 's3.eu-central-1.amazonaws.com' } },
  bad: {
    'it lies in the USA': {
      change: (f) => {
        f.place = { ...f.place, region: 'us-east-1' }
      },
      says: 'outside',
    },
    'it lies in London': {
      change: (f) => {
        f.place = { ...f.place, region: 'eu-west-2' }
      },
      says: 'outside',
    },
    'its second copy lies in the USA': {
      change: (f) => {
        f.place = { ...f.place, secondary: 'eastus' }
      },
      says: 'secondOutside',
    },
    'it lies where the source lies': {
      change: (f) => {
        f.place = { ...f.place, region: 'eu-west-1' }
      },
      says: 'together',
      parameters: { sourceRegion: 'eu-west-1', regions: ['eu-west-1'] },
    },
  },
})
