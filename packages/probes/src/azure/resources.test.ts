import { examineConnector } from '../testing/examine-connector.ts'
import { azure } from './connector.ts'
import { casesOf } from './vendor.ts'

examineConnector(azure, casesOf('resources'))
