import { examineEveryPage, onADesk } from './every-page.ts'

examineEveryPage('in English in the light on a desk', onADesk, 1)
