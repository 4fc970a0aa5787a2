import { z } from 'zod';

declare const brand: unique symbol;
/** A string that only its own schema can make, so that one kind of id is never passed for another. */
type Brand<Name extends string> = string & { readonly [brand]: Name };

export type CampaignId = Brand<'CampaignId'>;
export type UserId = Brand<'UserId'>;
export type PersonaId = Brand<'PersonaId'>;
export type KeywordSetId = Brand<'KeywordSetId'>;
export type WordListId = Brand<'WordListId'>;
export type TechnologyImportId = Brand<'TechnologyImportId'>;
export type ProxyId = Brand<'ProxyId'>;
export type ProxyPoolId = Brand<'ProxyPoolId'>;
export type ScoreProfileId = Brand<'ScoreProfileId'>;
export type LeadId = Brand<'LeadId'>;
export type LeadJobId = Brand<'LeadJobId'>;
export type SuppressionId = Brand<'SuppressionId'>;
export type UploadId = Brand<'UploadId'>;

const uuidOf = <T extends string>() => z.uuid().transform((value) => value.toLowerCase() as T);

export const campaignIdSchema = uuidOf<CampaignId>();
export const userIdSchema = uuidOf<UserId>();
export const personaIdSchema = uuidOf<PersonaId>();
export const keywordSetIdSchema = uuidOf<KeywordSetId>();
export const wordListIdSchema = uuidOf<WordListId>();
export const technologyImportIdSchema = uuidOf<TechnologyImportId>();
export const proxyIdSchema = uuidOf<ProxyId>();
export const proxyPoolIdSchema = uuidOf<ProxyPoolId>();
export const scoreProfileIdSchema = uuidOf<ScoreProfileId>();
export const leadIdSchema = uuidOf<LeadId>();
export const leadJobIdSchema = uuidOf<LeadJobId>();
export const suppressionIdSchema = uuidOf<SuppressionId>();
