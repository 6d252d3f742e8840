// Logs in with one of Go's OAuth clients: peers oauth2 | zitadel.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/client/rp"
	"golang.org/x/oauth2"
)

// The code of the callback of whoever opened the page.
func ask(page string) string {
	fmt.Println(page)
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	check(err)
	callback, err := url.Parse(strings.TrimSpace(line))
	check(err)
	return callback.Query().Get("code")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func tell(client *http.Client, api, first, refreshed string) {
	answer, err := client.Get(api + "/user_account")
	check(err)
	defer answer.Body.Close()
	var account struct{ Username string }
	check(json.NewDecoder(answer.Body).Decode(&account))
	check(json.NewEncoder(os.Stdout).Encode(map[string]string{
		"access_token": first, "refreshed": refreshed, "username": account.Username,
	}))
}

func main() {
	ctx := context.Background()
	api := os.Getenv("PINTEREST_API_URI")
	config := &oauth2.Config{
		ClientID:     os.Getenv("PINTEREST_APP_ID"),
		ClientSecret: os.Getenv("PINTEREST_APP_SECRET"),
		RedirectURL:  os.Getenv("REDIRECT_URI"),
		Scopes:       strings.Split(os.Getenv("SCOPES"), " "),
		Endpoint:     oauth2.Endpoint{AuthURL: os.Getenv("PINTEREST_OAUTH_URI"), TokenURL: api + "/oauth/token"},
	}
	verifier := oauth2.GenerateVerifier()
	state := oauth2.GenerateVerifier()
	var token *oauth2.Token
	var err error
	switch os.Args[1] {
	case "oauth2":
		code := ask(config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)))
		token, err = config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
		check(err)
	case "zitadel":
		party, err := rp.NewRelyingPartyOAuth(config)
		check(err)
		challenge := rp.WithCodeChallenge(oauth2.S256ChallengeFromVerifier(verifier))
		code := ask(rp.AuthURL(state, party, challenge))
		token, err = party.OAuthConfig().Exchange(ctx, code, oauth2.VerifierOption(verifier))
		check(err)
	}
	// What has ended is refreshed by the next request.
	old := *token
	old.Expiry = time.Now().Add(-time.Hour)
	source := config.TokenSource(ctx, &old)
	refreshed, err := source.Token()
	check(err)
	tell(oauth2.NewClient(ctx, source), api, token.AccessToken, refreshed.AccessToken)
}
