import { useTranslation } from 'react-i18next'
import type { ConnectorView } from '../api/api.ts'
import { useRead } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'

/** What can be connected; empty until it is there. */
export function useConnectors(): readonly ConnectorView[] {
  return useRead('connector.list', {}).data?.connectors ?? []
}

/** How a connector is called; its id until the list is there. */
export function useConnectorTitle(): (id: string) => string {
  const language = useLanguage()
  const connectors = useConnectors()
  const { t } = useTranslation()
  return (id) => connectors.find((one) => one.id === id)?.title[language] ?? (id === 'engine' ? t('check.engine') : id)
}
