import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { homeSlug } from '../tenant/operator.ts'
import { environmentOf, environments } from './environment.ts'
import type { Environment } from './environment.ts'

const examples = [
  ['https://www.example.com', 'systems.example.web'],
  ['dns:example.org', 'systems.example.dns'],
  ['postgres://auditor@db.example.com/app', 'systems.example.postgres'],
  ['git:https://git.example.com/app.git', 'systems.example.git'],
] as const

/** What only the tenant of the installation may look at: the machine itself and its folders. */
const examplesAtHome = [
  ['git:/srv/repositories/app.git', 'systems.example.folder'],
  ['host', 'systems.example.host'],
] as const

/** Names something to look at; the server says at once what is wrong with it. */
export function AddConnection() {
  const { t } = useTranslation()
  const isHome = useTenant() === homeSlug
  const [target, setTarget] = useState('')
  const [name, setName] = useState('')
  const [environment, setEnvironment] = useState<Environment>('production')
  const adding = useChange('connection.add', {
    stale: ['connection.list', 'system.list'],
    quiet: true,
    onDone: () => {
      setTarget('')
      setName('')
    },
  })
  return (
    <section className="section" aria-labelledby="add-connection">
      <h2 id="add-connection">{t('systems.add')}</h2>
      <div className="columns">
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            adding.mutate({ target: target.trim(), environment, ...(name.trim() === '' ? {} : { name: name.trim() }) })
          }}
        >
          <TextInput
            label={t('systems.target')}
            description={t('systems.targetHint')}
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
            error={adding.error ? sentenceOf(adding.error, t) : undefined}
            required
            withAsterisk={false}
            autoComplete="off"
            spellCheck={false}
          />
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
          <Button type="submit" loading={adding.isPending} disabled={target.trim() === ''}>
            {t('systems.addSubmit')}
          </Button>
        </form>
        <div className="examples">
          <h3>{t('systems.examples')}</h3>
          <ul>
            {[...examples, ...(isHome ? examplesAtHome : [])].map(([example, what]) => (
              <li key={example}>
                <button type="button" className="example" onClick={() => setTarget(example)}>
                  <code>{example}</code>
                </button>
                <span className="quiet">{t(what)}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}
