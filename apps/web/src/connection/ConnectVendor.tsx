import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectorView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useConnectors } from '../check/connector.ts'
import { useLanguage } from '../language/use-language.ts'
import { ConnectorForm, settingsOf } from './ConnectorForm.tsx'
import type { Entered } from './ConnectorForm.tsx'
import { environmentOf, environments } from './environment.ts'
import type { Environment } from './environment.ts'

/** Connects what needs more than an address: the service of a vendor, with its credential. */
export function ConnectVendor() {
  const { t } = useTranslation()
  const language = useLanguage()
  // Accounts are joined from all others by themselves: nothing is there to connect.
  const connectors = useConnectors().filter((one) => one.id !== 'accounts')
  const [id, setId] = useState('')
  const chosen = connectors.find((one) => one.id === id)
  const sorted = connectors.toSorted((a, b) => a.title[language].localeCompare(b.title[language], language))
  return (
    <section className="section" aria-labelledby="connect-vendor">
      <h2 id="connect-vendor">{t('connect.title')}</h2>
      <p className="quiet">{t('connect.lead')}</p>
      <NativeSelect
        className="environment-filter"
        label={t('connect.what')}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
        data={[
          { value: '', label: t('connect.choose') },
          ...sorted.map((one) => ({ value: one.id, label: one.title[language] })),
        ]}
      />
      {chosen ? <VendorForm key={chosen.id} connector={chosen} onDone={() => setId('')} /> : null}
    </section>
  )
}

function VendorForm({ connector, onDone }: { connector: ConnectorView; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [entered, setEntered] = useState<Entered>({})
  const [name, setName] = useState('')
  const [environment, setEnvironment] = useState<Environment>('production')
  const [noJson, setNoJson] = useState(false)
  const adding = useChange('connection.add', { stale: ['connection.list', 'system.list'], quiet: true, onDone })
  return (
    <div className="columns">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const settings = settingsOf(connector.fields, entered)
          setNoJson(settings === null)
          if (settings === null) return
          adding.mutate({
            connector: connector.id,
            settings,
            environment,
            ...(name.trim() === '' ? {} : { name: name.trim() }),
          })
        }}
      >
        <ConnectorForm connector={connector} entered={entered} onEnter={setEntered} />
        <TextInput
          label={t('systems.name')}
          description={t('systems.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('systems.environment')}
          value={environment}
          onChange={(event) => setEnvironment(environmentOf(event.currentTarget.value))}
          data={environments.map((value) => ({ value, label: t(`systems.environments.${value}`) }))}
        />
        {noJson ? <p className="field-problem">{t('connect.noJson')}</p> : null}
        {adding.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(adding.error, t)}
          </p>
        ) : null}
        <Button type="submit" loading={adding.isPending}>
          {t('systems.addSubmit')}
        </Button>
      </form>
      <div className="examples">
        <p>{connector.about[language]}</p>
        {connector.needs.length === 0 ? null : (
          <>
            <h3>{t('connect.needs')}</h3>
            <ul>
              {connector.needs.map(({ privilege, reason }) => (
                <li key={privilege}>
                  <code>{privilege}</code>
                  <span className="quiet">{reason[language]}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  )
}
