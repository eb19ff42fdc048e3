import type { TFunction } from 'i18next'

/** How a connector is called; one without a name of its own stays as it is written. */
export function connectorWord(connector: string, t: TFunction): string {
  return t(`connector.${connector}` as 'connector.tls', { defaultValue: connector })
}
