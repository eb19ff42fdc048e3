import type { Gate } from '../gate.ts'
import { asvs } from './asvs.ts'
import { changelog } from './changelog.ts'
import { format } from './format.ts'
import { frontDoors } from './front-doors.ts'
import { generated } from './generated.ts'
import { layers } from './layers.ts'
import { lexicon } from './lexicon.ts'
import { licences } from './licences.ts'
import { links } from './links.ts'
import { lint } from './lint.ts'
import { logs } from './logs.ts'
import { personalData } from './personal-data.ts'
import { places } from './places.ts'
import { testNames } from './test-names.ts'
import { types } from './types.ts'
import { unused } from './unused.ts'
import { words } from './words.ts'
import { workspaces } from './workspaces.ts'

/** Every gate, the slow ones first so that the quick ones fill the gaps. */
export const gates: readonly Gate[] = [
  types,
  lint,
  layers,
  unused,
  format,
  frontDoors,
  generated,
  lexicon,
  logs,
  words,
  testNames,
  asvs,
  workspaces,
  licences,
  personalData,
  places,
  links,
  changelog,
]
