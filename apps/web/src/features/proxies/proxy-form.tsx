import { PROXY_KINDS, proxySchema } from '@domainflow/domain/http/proxy-pool.ts';
import { Checkbox } from '@domainflow/ui/primitives/checkbox.tsx';
import { Field } from '@domainflow/ui/primitives/field.tsx';
import { Input, Select } from '@domainflow/ui/primitives/input.tsx';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { orNull, showFieldError, zodResolver } from '../../lib/form.ts';
import { api, trpc } from '../../lib/trpc.ts';
import { EntityForm } from '../entity-form/entity-form.tsx';
import { NumberField } from '../entity-form/number-field.tsx';
import { useEntityForm } from '../entity-form/use-entity-form.ts';
import { KIND_LABELS, type ProxyView } from './proxy-words.ts';

const { port, maxConnections, requestsPerSecond } = proxySchema.shape;

const schema = z.object({
  name: z.string().trim().min(1, 'A name is needed').max(100),
  kind: z.enum(PROXY_KINDS),
  host: z.string().trim().min(1, 'A host name or an IP address').max(253),
  port,
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2})?$/, 'Two letters, as in ISO 3166'),
  provider: z.string().trim().max(100),
  username: z.string().max(255),
  password: z.string().max(255),
  isForgotten: z.boolean(),
  maxConnections: maxConnections.unwrap(),
  requestsPerSecond: requestsPerSecond.unwrap(),
});
type Values = z.output<typeof schema>;

const textOrNull = (text: string): string | null => (text === '' ? null : text);

/** Credentials are sent where they are typed, `null` to forget them, and otherwise left as they are. */
const credential = (text: string, isForgotten: boolean): string | null | undefined =>
  text !== '' ? text : isForgotten ? null : undefined;

function save(proxy: ProxyView | null, values: Values): Promise<ProxyView> {
  const { isForgotten, username, password, country, provider, ...rest } = values;
  const fields = { ...rest, country: textOrNull(country), provider: textOrNull(provider) };
  if (proxy === null)
    return api.proxies.create.mutate({
      ...fields,
      username: textOrNull(username),
      password: textOrNull(password),
    });
  const given = { username: credential(username, isForgotten), password: credential(password, isForgotten) };
  return api.proxies.update.mutate({
    id: proxy.proxyId,
    version: proxy.version,
    ...fields,
    ...(given.username === undefined ? {} : { username: given.username }),
    ...(given.password === undefined ? {} : { password: given.password }),
  });
}

interface ProxyFormProps {
  proxy: ProxyView | null;
  onDone: () => void;
}

/** One proxy. Its password goes in and never comes out. */
export function ProxyForm({ proxy, onDone }: ProxyFormProps) {
  const { register, handleSubmit, formState, setError } = useForm<Values, unknown, Values>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: proxy?.name ?? '',
      kind: proxy?.kind ?? 'http',
      host: proxy?.host ?? '',
      port: proxy?.port ?? 3128,
      country: proxy?.country ?? '',
      provider: proxy?.provider ?? '',
      username: '',
      password: '',
      isForgotten: false,
      maxConnections: proxy?.maxConnections ?? 64,
      requestsPerSecond: proxy?.requestsPerSecond ?? null,
    },
  });
  const { errors, isDirty } = formState;
  const state = useEntityForm<Values>({
    save: (values) => save(proxy, values),
    remove:
      proxy === null ? null : () => api.proxies.delete.mutate({ id: proxy.proxyId, version: proxy.version }),
    showAtField: (error) => showFieldError<Values>(error, schema.keyof().options, setError),
    queryKey: trpc.proxies.pathKey(),
    onDone,
  });
  const hasCredentials = proxy?.hasUsername === true || proxy?.hasPassword === true;
  return (
    <EntityForm
      name={proxy?.name ?? null}
      what="proxy"
      state={state}
      isDirty={isDirty}
      deleteWarning="Pools that it is in have to let go of it first."
      onDone={onDone}
      onSubmit={(event) => void handleSubmit((values) => state.save(values))(event)}
    >
      <Field label="Name" error={errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[7rem_minmax(0,1fr)_6rem]">
        <Field label="Kind" error={errors.kind?.message}>
          {(field) => (
            <Select {...field} {...register('kind')}>
              {PROXY_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {KIND_LABELS[kind]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Host" className="max-sm:order-last max-sm:col-span-2" error={errors.host?.message}>
          {(field) => (
            <Input
              {...field}
              {...register('host')}
              placeholder="proxy.example"
              spellCheck={false}
              autoCapitalize="none"
              autoComplete="off"
              className="font-mono"
            />
          )}
        </Field>
        <NumberField
          label="Port"
          registration={register('port', { valueAsNumber: true })}
          error={errors.port?.message}
        />
      </div>
      <fieldset className="space-y-3">
        <legend className="text-sm font-medium">Credentials</legend>
        <p className="text-xs text-ink-faint">
          {hasCredentials
            ? 'They are kept sealed and never shown. Leave these empty to keep them.'
            : 'They are kept sealed and never shown again.'}
        </p>
        <div className="grid grid-cols-2 gap-3">
          <Field label="User name" aside="optional" error={errors.username?.message}>
            {(field) => (
              <Input
                {...field}
                {...register('username')}
                autoComplete="off"
                spellCheck={false}
                autoCapitalize="none"
                placeholder={proxy?.hasUsername === true ? 'kept' : ''}
              />
            )}
          </Field>
          <Field label="Password" aside="optional" error={errors.password?.message}>
            {(field) => (
              <Input
                {...field}
                {...register('password')}
                type="password"
                autoComplete="new-password"
                placeholder={proxy?.hasPassword === true ? 'kept' : ''}
              />
            )}
          </Field>
        </div>
        {hasCredentials ? <Checkbox {...register('isForgotten')} label="Forget what is kept" /> : null}
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <NumberField
          label="Connections at once"
          registration={register('maxConnections', { valueAsNumber: true })}
          error={errors.maxConnections?.message}
        />
        <NumberField
          label="Requests per second"
          placeholder="any"
          registration={register('requestsPerSecond', { setValueAs: orNull })}
          error={errors.requestsPerSecond?.message}
        />
        <Field label="Country" aside="optional" error={errors.country?.message}>
          {(field) => <Input {...field} {...register('country')} placeholder="DE" maxLength={2} />}
        </Field>
        <Field label="Provider" aside="optional" error={errors.provider?.message}>
          {(field) => <Input {...field} {...register('provider')} />}
        </Field>
      </div>
    </EntityForm>
  );
}
