-- Of an account that an OpenID provider vouches for: its issuer and its lasting name for the person there.
ALTER TABLE account ADD COLUMN subject text UNIQUE CHECK (length(subject) BETWEEN 1 AND 2000);
ALTER TABLE account ADD CONSTRAINT provided_without_password CHECK (subject IS NULL OR password IS NULL);
