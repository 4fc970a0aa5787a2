import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { Inputs, Outputs } from '../../lib/contract.ts';
import { api, trpc } from '../../lib/trpc.ts';

type ForecastInput = Inputs['campaigns']['forecast'];
export type Forecast = Outputs['campaigns']['forecast'];
export type SampledYield = NonNullable<Forecast['sampledYield']>;

/** A yield that was sampled, and what that cost. */
export interface YieldAnswer {
  readonly forecast: Forecast;
  readonly tookMs: number;
}

/** What a campaign would come to. Nobody is asked anything before `estimate` is called. */
export function useForecast(input: ForecastInput) {
  const forecast = useQuery({
    queryKey: [...trpc.campaigns.forecast.mutationKey(), input],
    queryFn: () => api.campaigns.forecast.mutate(input),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
  const estimate = useMutation({
    mutationFn: async (sampleYield: number): Promise<YieldAnswer> => {
      const startedMs = performance.now();
      const answer = await api.campaigns.forecast.mutate({ ...input, sampleYield });
      return { forecast: answer, tookMs: performance.now() - startedMs };
    },
  });
  return { forecast, estimate };
}
