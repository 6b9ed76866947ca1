package checks_test

import "belay/checks"

func tunnelSightings() []sighting {
	return []sighting{
		{answered(429, "", "Ngrok-Error-Code: ERR_NGROK_702"), "ngrok", checks.MeansRateLimited, ""},
		{answered(502, "<!DOCTYPE html>", "Ngrok-Error-Code: ERR_NGROK_3004"), "ngrok", checks.MeansBadGateway, ""},
		{answered(404, "<!DOCTYPE html>", "Ngrok-Error-Code: ERR_NGROK_3200"), "ngrok", checks.MeansOffline, "header ngrok-error-code: ERR_NGROK_3200"},
		{answered(502, "<!DOCTYPE html>", "Ngrok-Error-Code: ERR_NGROK_8012"), "ngrok", checks.MeansOffline, ""},
		{answered(404, "The endpoint x.ngrok-free.app is offline.\r\n\r\nERR_NGROK_3200\r\n"), "ngrok", checks.MeansOffline, "ERR_NGROK_3200"},
		{answered(502, "<!DOCTYPE html><p>ERR_NGROK_8012</p>"), "ngrok", checks.MeansOffline, "ERR_NGROK_8012"},
		{answered(403, "", "Ngrok-Error-Code: ERR_NGROK_3205"), "ngrok", checks.MeansOffline, ""},
		{answered(200, "<!DOCTYPE html>", "Ngrok-Error-Code: ERR_NGROK_6024"), "ngrok", checks.MeansNothing, ""},
		{answered(503, "", "X-Localtunnel-Status: Tunnel Unavailable"), "localtunnel", checks.MeansOffline, "Tunnel Unavailable"},
		{answered(530, `<!DOCTYPE html><title>Cloudflare Tunnel error | x</title><span>Error</span> <span class="cf-error-code">1033</span>`, cloudflare),
			"Cloudflare", checks.MeansOffline, ""},
	}
}

func platformSightings() []sighting {
	const offline, gateway = checks.MeansOffline, checks.MeansBadGateway
	return append(amazonSightings(), []sighting{
		{answered(525, "<!DOCTYPE html><title>app.example | 525: SSL handshake failed</title>", cloudflare), "Cloudflare", offline, "525: SSL handshake failed"},
		{answered(530, "error code: 1016", cloudflare), "Cloudflare", offline, "error code: 1016"},
		{answered(521, "", cloudflare), "Cloudflare", offline, "status 521"},
		{answered(409, "error code: 1001", cloudflare), "Cloudflare", offline, ""},
		{answered(502, "<!DOCTYPE html><title>app.example | 502: Bad gateway</title>", cloudflare), "Cloudflare", gateway, "502: Bad gateway"},
		{answered(504, "error code: 504", cloudflare), "Cloudflare", gateway, ""},
		{answered(500, "error code: 1101", cloudflare), "Cloudflare", checks.MeansCrash, ""},
		{answered(503, `<!DOCTYPE html><iframe src="//www.herokucdn.com/error-pages/application-error.html"></iframe>`), "Heroku", offline, "application-error"},
		{answered(404, `<!DOCTYPE html><iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe>`), "Heroku", offline, "no-such-app"},
		{answered(404, "<!DOCTYPE html><title>No such app</title>"), "Heroku", offline, ""},
		{answered(404, "Not Found", "X-Render-Routing: no-server"), "Render", offline, "header x-render-routing: no-server"},
		{answered(503, "", "X-Render-Routing: hibernate-wake-error", "Rndr-Id: 1", cloudflare), "Render", offline, ""},
		{answered(503, "", "X-Render-Routing: dynamic-hibernate-error"), "Render", offline, ""},
		{answered(502, "", "Rndr-Id: 2518"), "Render", gateway, ""},
		{answered(502, `{"status":"error","code":502,"message":"Application failed to respond"}`, "X-Railway-Fallback: true"), "Railway", offline, "x-railway-fallback"},
		{answered(404, `{"status":"error","code":404,"message":"Application not found"}`), "Railway", offline, ""},
		{answered(404, "", "X-Vercel-Error: DEPLOYMENT_NOT_FOUND"), "Vercel", offline, "x-vercel-error: DEPLOYMENT_NOT_FOUND"},
		{answered(404, "The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND\n"), "Vercel", offline, "deployment"},
		{answered(404, "The page could not be found\n\nNOT_FOUND\n", "X-Vercel-Error: NOT_FOUND"), "Vercel", checks.MeansNoRoute, ""},
		{answered(500, "A server error has occurred", "X-Vercel-Error: FUNCTION_INVOCATION_FAILED"), "Vercel", checks.MeansCrash, ""},
		{answered(504, "", "X-Vercel-Error: FUNCTION_INVOCATION_TIMEOUT"), "Vercel", gateway, ""},
		{answered(502, "", "X-Vercel-Error: ROUTER_EXTERNAL_TARGET_ERROR"), "Vercel", gateway, ""},
		{answered(404, "Not Found - Request ID: 01HZX0ABCDEFGHJKMNPQRSTVWX"), "Netlify", checks.MeansNoRoute, ""},
		{answered(403, "<!DOCTYPE html><title>Web App - Unavailable</title><h1>Error 403 - This web app is stopped.</h1>"), "Azure App Service", offline, "stopped"},
		{answered(404, "<!DOCTYPE html><h1>Error 404 - Web app not found.</h1>"), "Azure App Service", offline, ""},
		{answered(503, "<!DOCTYPE html><h2>Our services aren't available right now</h2>", "X-Azure-Ref: 1"), "Azure Front Door", gateway, ""},
		{answered(502, "<html><center>Microsoft-Azure-Application-Gateway/v2</center>"), "Azure Application Gateway", gateway, ""},
		{answered(502, "\n<html><head><title>502 Server Error</title></head><h1>Error: Server Error</h1>\n<h2>The server encountered a temporary error and could not complete your request."),
			"Google Cloud", gateway, "Error: Server Error"},
		{answered(404, "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>"), "Google Cloud", checks.MeansNoRoute, ""},
		{answered(500, "Error: could not handle the request\n"), "Google Cloud", checks.MeansCrash, ""},
	}...)
}

func amazonSightings() []sighting {
	const gateway = checks.MeansBadGateway
	return []sighting{
		{answered(403, `{"message":"Missing Authentication Token"}`, "X-Amzn-Errortype: MissingAuthenticationTokenException"),
			"AWS API Gateway", checks.MeansNoRoute, `body {"message":"Missing Authentication Token"}`},
		{answered(404, `{"message":"Not Found"}`, "Apigw-Requestid: x="), "AWS API Gateway", checks.MeansNoRoute, ""},
		{answered(502, `{"message": "Internal server error"}`, "X-Amz-Apigw-Id: x="), "AWS API Gateway", gateway, ""},
		{answered(504, `{"message": "Endpoint request timed out"}`), "AWS API Gateway", gateway, ""},
		{answered(503, `{"message":"Service Unavailable"}`, "Apigw-Requestid: x="), "AWS API Gateway", gateway, ""},
		{answered(502, "Internal Server Error", "X-Amzn-Requestid: 1"), "AWS Lambda", gateway, ""},
		{answered(503, "<html><head><title>503 Service Temporarily Unavailable</title></head>", "Server: awselb/2.0"), "AWS load balancer", gateway, "awselb/2.0"},
		{answered(404, "", "Server: awselb/2.0"), "AWS load balancer", checks.MeansNoRoute, ""},
		{answered(403, "<!DOCTYPE HTML><TITLE>ERROR: The request could not be satisfied</TITLE>The distribution supports only cachable requests. Generated by cloudfront (CloudFront)"),
			"Amazon CloudFront", checks.MeansMethod, "cachable"},
		{answered(502, "<!DOCTYPE HTML><TITLE>ERROR: The request could not be satisfied</TITLE>Generated by cloudfront (CloudFront)"), "Amazon CloudFront", gateway, ""},
	}
}
