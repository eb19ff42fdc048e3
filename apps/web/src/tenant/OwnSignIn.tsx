import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output, Role } from '../api/api.ts'
import { beginSignIn } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Directory } from './Directory.tsx'
import { GroupRoles, roles } from './GroupRoles.tsx'
import { ProviderFactor } from './ProviderFactor.tsx'
import './own-sign-in.css'

type Settings = Output<'provider.show'>
type Demand = NonNullable<Settings['provider']>['demand']

const demands: readonly Demand[] = ['nobody', 'all-but-owners', 'all']

/** The tenant's own sign-in and directory, as its owners set them up. */
export function OwnSignIn({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const read = useRead('provider.show', {})
  return (
    <>
      <section className="section setting" aria-labelledby="own-sign-in">
        <h2 id="own-sign-in">{t('ownSignIn.title')}</h2>
        <p>{t('ownSignIn.lead')}</p>
        <Loaded read={read}>
          {(settings) => (
            <>
              <p>{t('ownSignIn.redirect')}</p>
              <pre>{settings.redirectUri}</pre>
              <p className="note quiet">
                {settings.domains.length === 0
                  ? t('ownSignIn.noDomains')
                  : t('ownSignIn.domains', { domains: settings.domains.join(', ') })}
              </p>
              <Provider key={settings.provider?.issuer ?? ''} slug={slug} settings={settings} />
            </>
          )}
        </Loaded>
      </section>
      <Loaded read={read}>{(settings) => <Directory settings={settings} />}</Loaded>
    </>
  )
}

function Provider({ slug, settings: { provider, roles: table } }: { slug: string; settings: Settings }) {
  const { t } = useTranslation()
  const [issuer, setIssuer] = useState(provider?.issuer ?? '')
  const [clientId, setClientId] = useState(provider?.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [joinRole, setJoinRole] = useState<Role | null>(provider?.joinRole ?? null)
  const [demand, setDemand] = useState<Demand>(provider?.demand ?? 'nobody')
  const [factor, setFactor] = useState(provider?.factor ?? null)
  const [groups, setGroups] = useState(table)
  const saving = useChange('provider.set', {
    stale: ['provider.show', 'provider.own'],
    quiet: true,
    onDone: () => setClientSecret(''),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const secret = clientSecret === '' ? {} : { clientSecret }
        saving.mutate({ issuer, clientId, ...secret, joinRole, demand, factor, roles: groups })
      }}
    >
      <TextInput
        label={t('ownSignIn.issuer')}
        description={t('ownSignIn.issuerHint')}
        value={issuer}
        onChange={(event) => setIssuer(event.currentTarget.value)}
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <TextInput
        label={t('ownSignIn.clientId')}
        value={clientId}
        onChange={(event) => setClientId(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t('ownSignIn.clientSecret')}
        description={t(provider ? 'ownSignIn.secretStays' : 'ownSignIn.secretSealed')}
        value={clientSecret}
        onChange={(event) => setClientSecret(event.currentTarget.value)}
        autoComplete="off"
        required={provider === null}
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <NativeSelect
        label={t('ownSignIn.join')}
        description={t('ownSignIn.joinHint')}
        value={joinRole ?? ''}
        onChange={(event) => setJoinRole(roles.find((role) => role === event.currentTarget.value) ?? null)}
        data={[
          { value: '', label: t('ownSignIn.joinNobody') },
          ...roles.map((role) => ({ value: role, label: t(`role.${role}`) })),
        ]}
      />
      <GroupRoles groups={groups} onChange={setGroups} />
      <NativeSelect
        label={t('ownSignIn.demand')}
        description={t('ownSignIn.demandHint')}
        value={demand}
        onChange={(event) => setDemand(demands.find((one) => one === event.currentTarget.value) ?? demand)}
        data={demands.map((one) => ({ value: one, label: t(`ownSignIn.demands.${one}`) }))}
      />
      <ProviderFactor factor={factor} onChange={setFactor} />
      {saving.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(saving.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('ownSignIn.save')}
        </Button>
        {provider ? <Try slug={slug} /> : null}
        {provider ? <Remove /> : null}
      </div>
      <p role="status">{saving.isSuccess ? t('ownSignIn.saved') : null}</p>
    </form>
  )
}

function Try({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const trying = useMutation({
    mutationFn: () => beginSignIn(slug, 'try', `/t/${slug}/settings`),
    onSuccess: (url) => location.assign(url),
  })
  return (
    <>
      <Button loading={trying.isPending} onClick={() => trying.mutate()}>
        {t('ownSignIn.try')}
      </Button>
      {trying.error ? (
        <span className="field-problem" role="alert">
          {sentenceOf(trying.error, t)}
        </span>
      ) : null}
    </>
  )
}

function Remove() {
  const { t } = useTranslation()
  const removing = useChange('provider.remove', { stale: ['provider.show', 'provider.own'] })
  return (
    <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate({})}>
      {t('ownSignIn.remove')}
    </Button>
  )
}
