import { examineEveryPage, onAPhone } from './every-page.ts'

examineEveryPage('in German in the dark on a phone', onAPhone, 0)
