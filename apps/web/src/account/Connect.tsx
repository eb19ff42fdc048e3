import { Button } from '@mantine/core'
import { useMutation, useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Whoami } from '../api/api.ts'
import { beginSignIn, call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf } from '../api/use-api.ts'
import { useWhoami } from './session.ts'
import '../tenant/own-sign-in.css'

type Tenant = Whoami['tenants'][number]

/** Connects the own account with the sign-ins of its tenants; nothing where none has one. */
export function Connect() {
  const { t } = useTranslation()
  const tenants = useWhoami()?.tenants ?? []
  const own = useQueries({
    queries: tenants.map(({ slug }) => ({
      queryKey: keyOf(slug, 'provider.own'),
      queryFn: ({ signal }: { signal: AbortSignal }) => call('provider.own', {}, slug, signal),
    })),
  })
  const shown = tenants.flatMap((tenant, at) => {
    const answer = own[at]?.data
    return answer?.isThere ? [{ tenant, isConnected: answer.isConnected }] : []
  })
  if (shown.length === 0) return null
  return (
    <section className="section setting" aria-labelledby="connect">
      <h2 id="connect">{t('ownSignIn.connect')}</h2>
      <p>{t('ownSignIn.connectLead')}</p>
      <ul className="rows">
        {shown.map(({ tenant, isConnected }) => (
          <Connection key={tenant.slug} tenant={tenant} isConnected={isConnected} />
        ))}
      </ul>
    </section>
  )
}

function Connection({ tenant: { slug, name }, isConnected }: { tenant: Tenant; isConnected: boolean }) {
  const { t } = useTranslation()
  const connecting = useMutation({
    mutationFn: () => beginSignIn(slug, 'connect', '/account'),
    onSuccess: (url) => location.assign(url),
  })
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">{t(isConnected ? 'ownSignIn.isConnected' : 'ownSignIn.isNotConnected')}</p>
        {connecting.error ? (
          <p className="field-problem" role="alert">
            {sentenceOf(connecting.error, t)}
          </p>
        ) : null}
      </div>
      {isConnected ? null : (
        <Button
          variant="default"
          loading={connecting.isPending}
          onClick={() => connecting.mutate()}
          aria-label={t('ownSignIn.connectWith', { name })}
        >
          {t('ownSignIn.connectNow')}
        </Button>
      )}
    </li>
  )
}
