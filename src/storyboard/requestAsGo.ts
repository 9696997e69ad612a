import { bodyText, filesOf, jsonText, type RequestSample } from './requestSample';

/** For Go 1.18 and newer; needs no module but the standard library. */
export function requestAsGo(sample: RequestSample): string {
  const files = filesOf(sample);
  const variable = (index: number): string => `file${index + 1}`;
  const uploads = files.map(
    ({ file, type, ending }, index) => `\t${variable(index)} := upload(${text(file)}, "${type}", "input.${ending}")\n`,
  );
  const body = bodyText(
    sample,
    (plain) => rawSafe(jsonText(plain)),
    (index) => `\` + quote(${variable(index)}) + \``,
  );
  return `// Save as video.go, then: KREA_API_KEY=… go run video.go
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
${files.length > 0 ? '\t"mime/multipart"\n' : ''}	"net/http"
${files.length > 0 ? '\t"net/textproto"\n' : ''}	"os"
	"time"
)

const api = ${text(sample.apiBase)}

var token = os.Getenv("KREA_API_KEY")

// The token goes to no other place.
var client = &http.Client{
	Timeout:       120 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func fail(words ...any) {
	fmt.Fprintln(os.Stderr, words...)
	os.Exit(1)
}

func call(method, path string, headers map[string]string, body io.Reader) (answer map[string]any, text string) {
	request, err := http.NewRequest(method, api+path, body)
	if err != nil {
		return nil, err.Error()
	}
	request.Header.Set("Authorization", "Bearer "+token)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err.Error()
	}
	defer response.Body.Close()
	content, _ := io.ReadAll(response.Body)
	json.Unmarshal(content, &answer)
	return answer, response.Status + " " + string(content)
}
${
  files.length === 0
    ? ''
    : `
// Sends a file to Krea, which is free, and gives its address there.
func upload(file, kind, name string) string {
	content, err := os.ReadFile(file)
	if err != nil {
		fail(err)
	}
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	part, _ := writer.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {\`form-data; name="file"; filename="\` + name + \`"\`},
		"Content-Type":        {kind},
	})
	part.Write(content)
	writer.Close()
	answer, text := call("POST", "/assets", map[string]string{"Content-Type": writer.FormDataContentType()}, &form)
	address, _ := answer["image_url"].(string)
	if address == "" {
		fail("The upload failed:", text)
	}
	return address
}

func quote(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}
`
}
// The address of a clip, in any of the forms in which a result names it.
func addressIn(urls any) (address string) {
	switch found := urls.(type) {
	case string:
		return found
	case []any:
		for _, one := range found {
			if next := addressIn(one); next != "" {
				address = next
			}
		}
	case map[string]any:
		for name, one := range found {
			if next := addressIn(one); next != "" && name != "type" {
				address = next
			}
		}
	}
	return address
}

func main() {
	if token == "" {
		fail("Set KREA_API_KEY to your Krea API token.")
	}
${uploads.join('')}	body := \`${body}\`

	// Each run is a new video, and is paid. If no answer comes, the video may be on its way all the same:
	// look at GET /jobs before you run this again.
	headers := map[string]string{"Content-Type": "application/json"${sample.webhookUrl ? `, "X-Webhook-URL": ${text(sample.webhookUrl)}` : ''}}
	answer, text := call("POST", ${text(sample.endpoint)}, headers, bytes.NewBufferString(body))
	job, _ := answer["job_id"].(string)
	if job == "" {
		fail("No job was made, or its id is not known:", text)
	}
	fmt.Fprintln(os.Stderr, "Job", job)

	for misses := 0; misses < 20; {
		time.Sleep(5 * time.Second)
		answer, text := call("GET", "/jobs/"+job, nil, nil)
		switch answer["status"] {
		case nil:
			misses++
			fmt.Fprintln(os.Stderr, text)
		case "failed", "cancelled":
			fail(text)
		case "completed":
			result, _ := answer["result"].(map[string]any)
			address := addressIn(result["urls"])
			if address == "" {
				fail("Finished without a video:", text)
			}
			fmt.Println(address)
			return
		default:
			misses = 0
		}
	}
	fail("Gave up looking. Krea may still be at work on job", job)
}
`;
}

/** A text of JSON is one of Go, but for halves of a sign, which Go does not have. */
function text(value: string): string {
  return jsonText(value).replace(/\\ud[89a-f][0-9a-f]{2}/g, '\\ufffd');
}

/** Between backquotes Go takes every sign as it stands, but for the backquote itself, which JSON can write otherwise. */
function rawSafe(json: string): string {
  return json.replaceAll('`', '\\u0060');
}
